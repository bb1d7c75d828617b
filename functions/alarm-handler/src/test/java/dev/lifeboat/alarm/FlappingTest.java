package dev.lifeboat.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.alarm.AlarmResult.Outcome;
import dev.lifeboat.alarm.TestingStepFunctions.Execution;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.recovery.RecoveryInput;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An alarm that goes to and fro starts nothing before it rests, and then once. */
@ExtendWith(S3MockExtension.class)
final class FlappingTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final String LOOK = "{\"action\":\"settle\",\"alarm\":\"" + TestingAccount.ALARM + "\",\"looks\":0}";

    private TestingAccount account;

    private static final String FIRST = "database-cloudtolocalllm-20261126T120000Z";

    @BeforeEach
    void open(S3MockServer s3) {
        account = new TestingAccount(s3.endpoint());
    }

    @AfterEach
    void close() {
        account.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "'OK', 0",
        "'ALARM', 1",
        "'OK ALARM', 1",
        "'ALARM OK', 2",
        "'ALARM OK ALARM', 3",
        "'INSUFFICIENT_DATA OK INSUFFICIENT_DATA OK ALARM', 1",
        "'ALARM ALARM ALARM', 1"
    })
    void changesIntoAlarmAndOutOfItCount(String states, int changes) {
        assertThat(AlarmHistory.changes(states.isEmpty() ? List.of() : List.of(states.split(" ", -1))))
                .isEqualTo(changes);
    }

    @Test
    void theThirdChangeWithinTenMinutesWaits() {
        assertThat(flap("ALARM", 0)).isEqualTo(Outcome.STARTED);
        end();
        account.parameters.put("/cool-down", "0");
        assertThat(flap("OK", 3)).isEqualTo(Outcome.NO_FAILURE);

        assertThat(flap("ALARM", 6)).isEqualTo(Outcome.FLAPPING);

        assertThat(account.stepFunctions.all())
                .extracting(each -> each.machine + " " + each.name)
                .containsExactly(
                        TestingAccount.DATABASE + " database-cloudtolocalllm-20261126T120000Z",
                        TestingAccount.SETTLE + " settle-cloudtolocalllm-" + checksum() + "-20261126T120600Z");
        assertThat(account.published("Subject"))
                .containsExactly("Lifeboat: cloudtolocalllm-database-not-answering goes to and fro");
        // The next change is looked at by the machine that waits already.
        assertThat(flap("OK", 7)).isEqualTo(Outcome.NO_FAILURE);
        assertThat(flap("ALARM", 8)).isEqualTo(Outcome.FLAPPING);
        assertThat(account.stepFunctions.all()).hasSize(2);
        assertThat(account.published("Subject")).hasSize(1);
    }

    @Test
    void twoChangesWithinTenMinutesAreNoFlapping() {
        flap("ALARM", 0);
        end();
        account.parameters.put("/cool-down", "0");
        flap("OK", 3);

        assertThat(flap("ALARM", 11)).isEqualTo(Outcome.STARTED);
    }

    @Test
    void anAlarmThatRestsInAlarmStartsTheRecoveryOfItsLastChangeOnce() {
        flapThrice();

        assertThat(look(8).settled()).as("three minutes after the last change").isFalse();
        assertThat(look(8).waitSeconds()).isEqualTo(121);
        Settling.Answer rested = look(10);
        Settling.Answer again = look(11);

        assertThat(rested.settled()).isTrue();
        assertThat(rested.message()).isEqualTo("Recovery database-cloudtolocalllm-20261126T120500Z runs.");
        assertThat(again).isEqualTo(rested);
        assertThat(recoveries()).containsExactly(FIRST, "database-cloudtolocalllm-20261126T120500Z");
        RecoveryInput input = Json.read("the input", account.stepFunctions.all().get(2).input, RecoveryInput.class);
        assertThat(input.trigger().at()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
    }

    @Test
    void theEventThatComesAgainAfterwardsStartsNoSecondRecovery() {
        flapThrice();
        look(10);

        flap("ALARM", 5);
        assertThat(recoveries()).containsExactly(FIRST, "database-cloudtolocalllm-20261126T120500Z");
        account.stepFunctions
                .all()
                .forEach(each -> each.end("SUCCEEDED", "{\"outcome\":\"recovered\"}", Instant.now()));
        account.parameters.put("/cool-down", "30");

        assertThat(flap("ALARM", 5)).isEqualTo(Outcome.ALREADY_HANDLED);
        assertThat(recoveries()).hasSize(2);
    }

    @Test
    void anAlarmThatRestsInOkIsToldAndStartsNothing() {
        flapThrice();
        flap("OK", 6);

        assertThat(look(12).message())
                .isEqualTo("Alarm cloudtolocalllm-database-not-answering went to and fro, and rests in OK since"
                        + " 2026-11-26T12:06:00Z: nothing was started.");
        assertThat(recoveries()).containsExactly(FIRST);
        assertThat(account.published("Subject"))
                .last()
                .isEqualTo("Lifeboat: cloudtolocalllm-database-not-answering has come to rest in OK");
    }

    @Test
    void anAlarmThatJoinedARecoveryWhichBroughtItNothingIsRecoveredAfterIt() {
        Execution other = account.stepFunctions.running(TestingAccount.CLUSTER, "by-hand", "{}");
        account.leases().acquire("cloudtolocalllm", "by-hand", other.arn());
        assertThat(flap("ALARM", 0)).isEqualTo(Outcome.JOINED);
        assertThat(flap("ALARM", 0)).as("the same event once more").isEqualTo(Outcome.JOINED);
        assertThat(settling()).hasSize(1).allMatch(name -> name.startsWith("follow-cloudtolocalllm-"));

        Settling.Answer meanwhile = look(6);
        assertThat(meanwhile.settled()).as("the other one still runs").isFalse();
        assertThat(meanwhile.waitSeconds()).isEqualTo(300);
        other.end("SUCCEEDED", "{\"outcome\":\"not-needed\"}", NOON.plus(Duration.ofMinutes(8)));
        Settling.Answer after = look(11);

        assertThat(after.settled()).isTrue();
        assertThat(recoveries()).containsExactly(FIRST);
    }

    @Test
    void anAlarmThatJoinedARecoveryWhichBroughtItBackStartsNothingAndTellsNobody() {
        Execution other = account.stepFunctions.running(TestingAccount.CLUSTER, "by-hand", "{}");
        account.leases().acquire("cloudtolocalllm", "by-hand", other.arn());
        flap("ALARM", 0);
        flap("OK", 7);
        other.end("SUCCEEDED", "{\"outcome\":\"recovered\"}", NOON.plus(Duration.ofMinutes(8)));

        assertThat(look(13))
                .isEqualTo(new Settling.Answer(
                        true,
                        1,
                        "Alarm cloudtolocalllm-database-not-answering rests in OK since 2026-11-26T12:07:00Z."));
        assertThat(recoveries()).isEmpty();
        assertThat(account.published("Subject")).isEmpty();
    }

    /** Two alarms at one instant: both start, and the lease is the other one's. */
    @Test
    void anAlarmWhoseRecoveryFoundTheLeaseTakenIsRecoveredAfterTheOther() {
        Execution other = account.stepFunctions.running(TestingAccount.CLUSTER, "by-hand", "{}");
        assertThat(flap("ALARM", 0)).isEqualTo(Outcome.STARTED);
        Execution first = account.stepFunctions.all().get(1);
        account.leases().acquire("cloudtolocalllm", "by-hand", other.arn());
        first.end("SUCCEEDED", "{\"outcome\":\"joined\"}", NOON.plus(Duration.ofSeconds(3)));

        assertThat(endedAsJoined(first)).isEqualTo(Outcome.JOINED);
        assertThat(endedAsJoined(first)).as("the same event once more").isEqualTo(Outcome.JOINED);
        assertThat(flap("ALARM", 0)).as("the alarm's event once more").isEqualTo(Outcome.JOINED);
        assertThat(settling()).hasSize(1).allMatch(name -> name.startsWith("follow-cloudtolocalllm-"));
        assertThat(look(6).settled()).as("the other one still runs").isFalse();
        other.end("SUCCEEDED", "{\"outcome\":\"not-needed\"}", NOON.plus(Duration.ofMinutes(8)));

        assertThat(look(11).settled()).isTrue();
        assertThat(look(12).settled()).isTrue();
        assertThat(recoveries()).containsExactly(FIRST, FIRST + "-2");

        // It may happen again: that one is looked at by another machine, and the third start has a name of its own.
        Execution second = account.stepFunctions.all().stream()
                .filter(each -> each.name.equals(FIRST + "-2"))
                .findFirst()
                .orElseThrow();
        second.end("SUCCEEDED", "{\"outcome\":\"joined\"}", NOON.plus(Duration.ofMinutes(12)));
        endedAsJoined(second);
        assertThat(settling()).hasSize(2).last().asString().endsWith("T120000Z-2");
        assertThat(look(18).settled()).isTrue();
        assertThat(recoveries()).containsExactly(FIRST, FIRST + "-2", FIRST + "-3");
    }

    /** A rebuild brings back the database, and not what this alarm is about, should that have failed by itself. */
    @Test
    void anAlarmWhoseRecoveryWasStoppedForABroaderOneIsRecoveredAfterThat() {
        assertThat(flap("ALARM", 0)).isEqualTo(Outcome.STARTED);
        Execution narrower = account.stepFunctions.all().get(0);
        Execution broader = account.stepFunctions.running(TestingAccount.CLUSTER, "by-hand", "{}");
        account.leases().acquire("cloudtolocalllm", "by-hand", broader.arn());
        narrower.error = "Superseded";
        narrower.end("ABORTED", null, NOON.plus(Duration.ofSeconds(3)));
        assertThat(flap("ALARM", 0)).as("the alarm's event once more").isEqualTo(Outcome.JOINED);
        broader.end("SUCCEEDED", "{\"outcome\":\"recovered\"}", NOON.plus(Duration.ofMinutes(8)));

        assertThat(look(11).settled()).isTrue();
        assertThat(recoveries()).containsExactly(FIRST, FIRST + "-2");
    }

    @Test
    void whoStartedARecoveryByHandSeesThatItJoined() {
        Execution byHand = account.stepFunctions.running(
                TestingAccount.DATABASE, "by-hand", "{\"trigger\":{\"kind\":\"person\"}}");
        byHand.end("SUCCEEDED", "{\"outcome\":\"joined\"}", NOON);

        assertThat(endedAsJoined(byHand)).isEqualTo(Outcome.NO_FAILURE);
        assertThat(settling()).isEmpty();
    }

    private Outcome endedAsJoined(Execution execution) {
        ObjectNode event = Json.mapper().createObjectNode().put("source", "aws.states");
        event.putObject("detail")
                .put("executionArn", execution.arn())
                .put("input", execution.input)
                .put("output", "{\"outcome\":\"joined\"}");
        return ((AlarmResult) account.answer(event.toString(), clock(1))).outcome();
    }

    private List<String> settling() {
        return account.stepFunctions.all().stream()
                .filter(each -> each.machine.equals(TestingAccount.SETTLE))
                .map(each -> each.name)
                .toList();
    }

    /** In, out and in again; the recovery that the first change started found nothing to do. */
    private void flapThrice() {
        flap("ALARM", 0);
        account.stepFunctions.all().get(0).end("SUCCEEDED", "{\"outcome\":\"not-needed\"}", NOON);
        flap("OK", 2);
        assertThat(flap("ALARM", 5)).isEqualTo(Outcome.FLAPPING);
    }

    private Settling.Answer look(int minute) {
        return (Settling.Answer) account.answer(LOOK, clock(minute));
    }

    private Outcome flap(String state, int minute) {
        String event = "{\"source\":\"aws.cloudwatch\",\"detail\":{\"alarmName\":\"" + TestingAccount.ALARM
                + "\",\"state\":{\"value\":\"" + state + "\",\"timestamp\":\""
                + NOON.plus(Duration.ofMinutes(minute)) + "\"}}}";
        return ((AlarmResult) account.answer(event, clock(minute))).outcome();
    }

    private static Clock clock(int minute) {
        return Clock.fixed(NOON.plus(Duration.ofMinutes(minute)), ZoneOffset.UTC);
    }

    private void end() {
        account.stepFunctions.all().get(0).end("SUCCEEDED", "{\"outcome\":\"recovered\"}", NOON);
    }

    private List<String> recoveries() {
        return account.stepFunctions.all().stream()
                .filter(each -> each.machine.equals(TestingAccount.DATABASE))
                .map(each -> each.name)
                .toList();
    }

    private static String checksum() {
        String prefix = Incident.settling("cloudtolocalllm", TestingAccount.ALARM);
        return prefix.substring(prefix.length() - 9, prefix.length() - 1);
    }
}
