package dev.lifeboat.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.alarm.AlarmResult.Outcome;
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
    private static final String LOOK = "{\"action\":\"settle\",\"alarm\":\"" + TestingAccount.ALARM
            + "\",\"since\":\"2026-11-26T12:05:00Z\",\"follows\":false}";

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

        assertThat(recoveries()).containsExactly(FIRST);
        assertThat(waiting()).containsExactly("settle-cloudtolocalllm-" + checksum() + "-20261126T120600Z");
        assertThat(account.published("Subject"))
                .containsExactly("Lifeboat: cloudtolocalllm-database-not-answering goes to and fro");
        assertThat(followed("20261126T120600Z"))
                .as("should who waits have seen it rest in this moment")
                .isTrue();
        // The next change is looked at by the machine that waits already.
        assertThat(flap("OK", 7)).isEqualTo(Outcome.NO_FAILURE);
        assertThat(flap("ALARM", 8)).isEqualTo(Outcome.FLAPPING);
        assertThat(recoveries()).containsExactly(FIRST);
        assertThat(waiting()).hasSize(1);
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
        RecoveryInput input = Json.read(
                "the input", account.executionsOf(TestingAccount.DATABASE).get(1).input, RecoveryInput.class);
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

    /** In, out and in again; the recovery that the first change started found nothing to do. */
    private void flapThrice() {
        flap("ALARM", 0);
        account.executionsOf(TestingAccount.DATABASE).get(0).end("SUCCEEDED", "{\"outcome\":\"not-needed\"}", NOON);
        flap("OK", 2);
        assertThat(flap("ALARM", 5)).isEqualTo(Outcome.FLAPPING);
    }

    private Settling.Answer look(int minute) {
        return (Settling.Answer) account.answer(LOOK, clock(minute));
    }

    private Outcome flap(String state, int minute) {
        String event = TestingAccount.change(TestingAccount.ALARM, state, NOON.plus(Duration.ofMinutes(minute)));
        return ((AlarmResult) account.answer(event, clock(minute))).outcome();
    }

    private static Clock clock(int minute) {
        return Clock.fixed(NOON.plus(Duration.ofMinutes(minute)), ZoneOffset.UTC);
    }

    private void end() {
        account.executionsOf(TestingAccount.DATABASE).get(0).end("SUCCEEDED", "{\"outcome\":\"recovered\"}", NOON);
    }

    private List<String> recoveries() {
        return account.executionsOf(TestingAccount.DATABASE).stream()
                .map(each -> each.name)
                .toList();
    }

    private boolean followed(String change) {
        return account.executionsOf(TestingAccount.SETTLE).stream()
                .anyMatch(each -> each.name.matches("follow-.*-" + change));
    }

    /** What waits for the alarm to rest, beside those that follow what its changes led to. */
    private List<String> waiting() {
        return account.executionsOf(TestingAccount.SETTLE).stream()
                .map(each -> each.name)
                .filter(name -> name.startsWith("settle-"))
                .toList();
    }

    private static String checksum() {
        String prefix = Incident.settling("cloudtolocalllm", TestingAccount.ALARM);
        return prefix.substring(prefix.length() - 9, prefix.length() - 1);
    }
}
