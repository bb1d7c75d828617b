package dev.lifeboat.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.alarm.AlarmRequest.News;
import dev.lifeboat.alarm.AlarmResult.Outcome;
import dev.lifeboat.alarm.TestingStepFunctions.Execution;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryInput;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What a change into ALARM led to is looked at until it is over and the alarm rests: CloudWatch does not say it twice. */
@ExtendWith(S3MockExtension.class)
final class FollowingTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final String TARGET = "cloudtolocalllm";
    private static final String FIRST = "database-cloudtolocalllm-20261126T120000Z";
    private static final String SLOW = "cloudtolocalllm-database-slow";
    private static final String APPLICATION = "cloudtolocalllm-application-unhealthy";
    private static final String STILL = "Lifeboat: " + TestingAccount.ALARM + " is still in ALARM after its recovery";

    private TestingAccount account;

    @BeforeEach
    void open(S3MockServer s3) {
        account = new TestingAccount(s3.endpoint());
        account.parameters.compute(
                "/alarms", (name, mapping) -> mapping.replaceFirst("\\{", "{\"" + SLOW + "\":\"database\","));
    }

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void everyRecoveryIsFollowedOnceHoweverOftenItsEventComes() {
        assertThat(alarm(0)).isEqualTo(Outcome.STARTED);
        assertThat(alarm(0)).isEqualTo(Outcome.STARTED);

        assertThat(followers()).singleElement().satisfies(each -> {
            assertThat(each.name).matches("follow-cloudtolocalllm-[0-9a-f]{8}-20261126T120000Z");
            assertThat(each.input)
                    .isEqualTo("{\"alarm\":\"" + TestingAccount.ALARM
                            + "\",\"since\":\"2026-11-26T12:00:00Z\",\"follows\":true,\"waitSeconds\":300}");
        });
    }

    @Test
    void anAlarmThatItsRecoveryBroughtBackTellsNobody() {
        alarm(0);
        assertThat(look(0, 5)).as("it runs").isFalse();
        end(recovery(0), "recovered", 6);
        change(TestingAccount.ALARM, "OK", 8);

        assertThat(look(0, 10)).isTrue();
        assertThat(recoveries()).containsExactly(FIRST);
        assertThat(account.published("Subject")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"recovered", "not-needed"})
    void anAlarmThatStaysThoughAllIsSaidToBeWellGoesToAPerson(String outcome) {
        alarm(0);
        end(recovery(0), outcome, 6);
        assertThat(look(0, 10)).as("it has not had the time to see it").isFalse();

        assertThat(look(0, 11)).isTrue();

        assertThat(recoveries()).containsExactly(FIRST);
        assertThat(account.published("Subject")).containsExactly(STILL);
        assertThat(account.published("Message").get(0))
                .contains("Recovery " + FIRST + " ended as '" + outcome + "' at 2026-11-26T12:06:00Z.")
                .contains(" --name " + FIRST + "-2 ");
    }

    @Test
    void anAlarmWhoseRecoveryNeedsAPersonIsAPersonsAlready() {
        alarm(0);
        recovery(0).end("FAILED", null, at(6));

        assertThat(look(0, 12)).isTrue();
        assertThat(account.published("Subject")).isEmpty();
    }

    @Test
    void anAlarmThatJoinedARecoveryWhichBroughtItNothingIsRecoveredAfterIt() {
        Execution other = byHand(TestingAccount.CLUSTER);
        assertThat(alarm(0)).isEqualTo(Outcome.JOINED);
        assertThat(alarm(0)).as("the same event once more").isEqualTo(Outcome.JOINED);
        assertThat(followers()).hasSize(1);

        assertThat(look(0, 6)).as("the other one still runs").isFalse();
        end(other, "not-needed", 8);
        assertThat(look(0, 11)).as("it has not had the time to see it").isFalse();
        assertThat(recoveries()).isEmpty();
        assertThat(look(0, 13)).as("its own runs").isFalse();
        assertThat(recoveries()).containsExactly(FIRST);

        end(recovery(0), "recovered", 14);
        change(TestingAccount.ALARM, "OK", 15);
        assertThat(look(0, 18)).isTrue();
        assertThat(account.published("Subject")).isEmpty();
    }

    @Test
    void anAlarmThatJoinedARecoveryWhichBroughtItBackStartsNothingAndTellsNobody() {
        Execution other = byHand(TestingAccount.CLUSTER);
        alarm(0);
        change(TestingAccount.ALARM, "OK", 7);
        end(other, "recovered", 8);

        assertThat(look(0, 13)).isTrue();
        assertThat(recoveries()).isEmpty();
        assertThat(account.published("Subject")).isEmpty();
    }

    /** A rebuild may take longer than anyone remembers an alarm. */
    @Test
    void anAlarmIsNotForgottenHoweverLongTheOtherOneTakes() {
        Execution other = byHand(TestingAccount.CLUSTER);
        alarm(0);
        end(other, "not-needed", 295);

        assertThat(look(0, 300)).isFalse();
        assertThat(recoveries()).containsExactly(FIRST);
    }

    /** Whoever refused it, or is at what it left, is not asked again by a recovery that nobody started. */
    @ParameterizedTest
    @CsvSource({"SUCCEEDED, not-approved, not-approved", "SUCCEEDED, observed, observed", "FAILED, , FAILED"})
    void anAlarmThatJoinedARecoveryWhichIsAPersonsStartsNothing(String status, String outcome, String how) {
        Execution other = byHand(TestingAccount.CLUSTER);
        alarm(0);
        other.end(status, outcome == null ? null : "{\"outcome\":\"" + outcome + "\"}", at(8));

        assertThat(look(0, 13)).isTrue();

        assertThat(recoveries()).isEmpty();
        assertThat(account.published("Subject")).containsExactly(STILL);
        assertThat(account.published("Message").get(0))
                .contains("Recovery by-hand of the same target ended as '" + how
                        + "' at 2026-11-26T12:08:00Z, so the target is a person's.")
                .contains(" --name " + FIRST + " ");
    }

    /** Whoever deletes the old cluster holds the lease, too, and is no recovery. */
    @Test
    void anAlarmThatJoinedWhatIsNoRecoveryIsRecoveredAfterItHoweverThatEnded() {
        Execution other = byHand(TestingAccount.MACHINES + "retire-cluster");
        assertThat(alarm(0)).isEqualTo(Outcome.JOINED);
        other.end("FAILED", null, at(4));

        assertThat(look(0, 5)).isFalse();
        assertThat(recoveries()).containsExactly(FIRST);
    }

    /** Two alarms at one instant: both start, and the lease is the other one's. It may happen again, and not for ever. */
    @Test
    void anAlarmWhoseRecoveryFoundTheLeaseTakenIsRecoveredAfterTheOther() {
        alarm(0);
        Execution other = byHand(TestingAccount.CLUSTER);
        end(recovery(0), "joined", 0);
        assertThat(alarm(0)).as("the alarm's event once more").isEqualTo(Outcome.JOINED);
        assertThat(look(0, 6)).as("the other one still runs").isFalse();
        end(other, "not-needed", 8);

        assertThat(look(0, 13)).isFalse();
        assertThat(look(0, 14)).isFalse();
        assertThat(recoveries()).containsExactly(FIRST, FIRST + "-2");
        assertThat(account.executionsOf(TestingAccount.DATABASE))
                .extracting(each ->
                        Json.read("the input", each.input, RecoveryInput.class).incident())
                .as("one incident, which knows what its first start has done")
                .containsOnly(FIRST);
        end(recovery(1), "joined", 14);
        assertThat(look(0, 19)).isFalse();
        assertThat(recoveries()).containsExactly(FIRST, FIRST + "-2", FIRST + "-3");
        assertThat(account.published("Subject")).isEmpty();

        end(recovery(2), "joined", 20);
        assertThat(look(0, 25)).isTrue();
        assertThat(recoveries()).hasSize(3);
        assertThat(account.published("Subject")).containsExactly(STILL);
        assertThat(followers()).hasSize(1);
    }

    /** A rebuild brings back the database, and not what this alarm is about, should that have failed by itself. */
    @Test
    void anAlarmWhoseRecoveryWasStoppedForABroaderOneIsRecoveredAfterThat() {
        alarm(0);
        Execution broader = byHand(TestingAccount.CLUSTER);
        recovery(0).error = "Superseded";
        recovery(0).end("ABORTED", null, at(1));
        assertThat(look(0, 7)).as("the broader one runs").isFalse();
        end(broader, "recovered", 8);

        assertThat(look(0, 13)).isFalse();
        assertThat(recoveries()).containsExactly(FIRST, FIRST + "-2");
    }

    @Test
    void anAlarmThatGoesOffAnewDuringItsOwnRecoveryAndStaysGoesToAPerson() {
        alarm(0);
        change(TestingAccount.ALARM, "OK", 3);
        assertThat(alarm(5)).isEqualTo(Outcome.JOINED);
        end(recovery(0), "recovered", 9);

        assertThat(look(0, 10)).as("the later change is followed by itself").isTrue();
        assertThat(look(5, 11)).as("it has not had the time to see it").isFalse();
        assertThat(look(5, 15)).isTrue();

        assertThat(recoveries()).containsExactly(FIRST);
        assertThat(account.published("Subject"))
                .containsExactly("Lifeboat: " + TestingAccount.ALARM + " again, soon after its recovery");
    }

    @Test
    void anotherAlarmOfTheSameScenarioThatStaysAfterTheRecoveryIsRecovered() {
        alarm(0);
        assertThat(change(SLOW, "ALARM", 3)).isEqualTo(Outcome.JOINED);
        end(recovery(0), "recovered", 9);
        change(TestingAccount.ALARM, "OK", 10);

        assertThat(look(3, 13)).as("it has not had the time to see it").isFalse();
        assertThat(look(3, 14)).isFalse();
        assertThat(recoveries()).containsExactly(FIRST, "database-cloudtolocalllm-20261126T120300Z");
    }

    @Test
    void anotherAlarmOfTheSameSecondIsFollowedToo() {
        alarm(0);
        assertThat(change(SLOW, "ALARM", 0)).isEqualTo(Outcome.STARTED);

        assertThat(followers()).hasSize(2);
        end(recovery(0), "recovered", 6);
        assertThat(look(followers().get(1), 12)).isTrue();
        assertThat(account.published("Subject"))
                .containsExactly("Lifeboat: " + SLOW + " is still in ALARM after its recovery");
    }

    /** What the other one did is what the incident called for; a third recovery of a database would be one too many. */
    @Test
    void anAlarmThatStaysAfterARecoveryWasHandedOverGoesToAPerson() {
        Execution database = handOver();

        assertThat(look(0, 6)).as("the other one runs").isFalse();
        assertThat(change(APPLICATION, "ALARM", 0)).as("the event once more").isEqualTo(Outcome.STARTED);
        end(database, "recovered", 8);
        assertThat(look(0, 12)).as("it has not had the time to see it").isFalse();
        assertThat(account.published("Subject")).isEmpty();
        assertThat(look(0, 13)).isTrue();

        assertThat(account.executionsOf(TestingAccount.APPLICATION)).hasSize(1);
        assertThat(account.published("Subject"))
                .containsExactly("Lifeboat: " + APPLICATION + " is still in ALARM after its recovery");
    }

    @Test
    void anAlarmWhoseRecoveryHandedOverToOneThatNeedsAPersonIsAPersonsAlready() {
        handOver().end("FAILED", null, at(8));

        assertThat(look(0, 13)).isTrue();
        assertThat(account.executionsOf(TestingAccount.APPLICATION)).hasSize(1);
        assertThat(account.published("Subject")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TIMED_OUT, ", "ABORTED, ", "FAILED, States.Runtime"})
    void aRecoveryThatWasEndedFromOutsideIsToldOf(String status, String error) {
        alarm(0);
        recovery(0).error = error;
        recovery(0).end(status, null, at(6));

        assertThat(look(0, 12)).isTrue();
        assertThat(account.published("Subject")).containsExactly(STILL);
        assertThat(account.published("Message").get(0)).contains("It was ended from outside.");
    }

    /** Nobody says that the issue of a service is over before it is closed, hours later. */
    @Test
    void anIssueOfAServiceThatLeftTheTargetWellTellsNobody() throws IOException {
        String event =
                Files.readString(Path.of(System.getProperty("lifeboat.root"), "events", "alarm-handler-health.json"));
        Instant changed = TestingAccount.read(event) instanceof News news
                ? news.events().get(0).at()
                : Instant.MAX;
        account.answer(event, Clock.fixed(changed.plusSeconds(30), ZoneOffset.UTC));
        account.executionsOf(TestingAccount.CLUSTER)
                .get(0)
                .end("SUCCEEDED", "{\"outcome\":\"not-needed\"}", changed.plusSeconds(60));

        assertThat(look(followers().get(0), Clock.fixed(changed.plusSeconds(600), ZoneOffset.UTC)))
                .isTrue();
        assertThat(account.published("Subject")).isEmpty();
    }

    /** Two followers of alarms of one second may start the next one at one instant. */
    @Test
    void aFollowerThatWasNotTheFirstToStartTheNextOneGoesOnLooking() {
        alarm(0);
        change(SLOW, "ALARM", 0);
        end(recovery(0), "joined", 1);
        assertThat(look(followers().get(0), 6)).isFalse();
        account.stepFunctions.showsLate(FIRST + "-2");

        assertThat(look(followers().get(1), 6)).isFalse();
        assertThat(recoveries()).containsExactly(FIRST, FIRST + "-2");
    }

    @Test
    void aFollowerThatCannotBeStartedKeepsNoRecoveryFromStartingAndAPersonKnows() {
        account.stepFunctions.starts(input -> !input.contains("\"follows\":true"));

        assertThat(alarm(0)).isEqualTo(Outcome.STARTED);
        assertThat(recoveries()).containsExactly(FIRST);
        assertThat(followers()).isEmpty();
        assertThat(account.published("Subject"))
                .containsExactly("Lifeboat: nobody looks whether recovery " + FIRST + " helps");
    }

    @Test
    void aCopyOfTheEventHasAnIncidentFollowedThatGaveWay() {
        account.stepFunctions.starts(input -> !input.contains("\"follows\":true"));
        alarm(0);
        end(recovery(0), "joined", 0);
        account.stepFunctions.starts(input -> true);

        assertThat(alarm(0)).isEqualTo(Outcome.JOINED);
        assertThat(followers()).hasSize(1);
    }

    @Test
    void aRecoveryWhoseHandlerEndsBeforeItIsStartedIsStartedByWhoFollows() {
        account.stepFunctions.starts(input -> input.contains("\"follows\":true"));
        assertThatThrownBy(() -> alarm(0)).isInstanceOf(AwsUnavailableException.class);
        account.stepFunctions.starts(input -> true);

        assertThat(look(0, 5)).isFalse();
        assertThat(recoveries()).containsExactly(FIRST);
    }

    @Test
    void anAlarmWhoseChangesAreGoneIsSaidSo() {
        alarm(0);
        account.s3
                .listObjectsV2(r -> r.bucket(account.bucket).prefix("alarms/"))
                .contents()
                .forEach(each ->
                        account.s3.deleteObject(r -> r.bucket(account.bucket).key(each.key())));

        assertThatThrownBy(() -> look(0, 5))
                .isInstanceOf(MisconfiguredException.class)
                .hasMessageStartingWith("No change of alarm " + TestingAccount.ALARM
                        + " since 2026-11-26T12:00:00Z is in the bucket, expected the one that is waited for.");
    }

    /** A recovery of the application that found the database lost, and ended. */
    private Execution handOver() {
        change(APPLICATION, "ALARM", 0);
        Execution application = account.executionsOf(TestingAccount.APPLICATION).get(0);
        Execution database = account.stepFunctions.running(TestingAccount.DATABASE, "from-" + application.name, "{}");
        application.end("SUCCEEDED", "{\"outcome\":\"handed-over\",\"handedTo\":\"" + database.arn() + "\"}", at(1));
        return database;
    }

    private Execution byHand(String machine) {
        Execution execution = account.stepFunctions.running(machine, "by-hand", "{}");
        account.leases().acquire(TARGET, "by-hand", execution.arn());
        return execution;
    }

    private static void end(Execution execution, String outcome, int minute) {
        execution.end("SUCCEEDED", "{\"outcome\":\"" + outcome + "\"}", at(minute));
    }

    /** Of whoever follows the change of that minute, which asks what its machine has been given. */
    private boolean look(int changed, int minute) {
        String changedAt = at(changed).toString();
        Execution follower = followers().stream()
                .filter(each -> each.input.contains(changedAt))
                .findFirst()
                .orElseThrow();
        return look(follower, minute);
    }

    private boolean look(Execution follower, int minute) {
        return look(follower, clock(minute));
    }

    private boolean look(Execution follower, Clock clock) {
        try {
            ObjectNode question = (ObjectNode) Json.mapper().readTree(follower.input);
            question.remove("waitSeconds");
            question.put("action", "settle");
            return ((Settling.Answer) account.answer(question.toString(), clock)).settled();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Outcome alarm(int minute) {
        return change(TestingAccount.ALARM, "ALARM", minute);
    }

    private Outcome change(String alarm, String state, int minute) {
        String event = TestingAccount.change(alarm, state, at(minute));
        return ((AlarmResult) account.answer(event, clock(minute))).outcome();
    }

    private Execution recovery(int index) {
        return account.executionsOf(TestingAccount.DATABASE).get(index);
    }

    private List<String> recoveries() {
        return account.executionsOf(TestingAccount.DATABASE).stream()
                .map(each -> each.name)
                .toList();
    }

    private List<Execution> followers() {
        return account.executionsOf(TestingAccount.SETTLE);
    }

    private static Instant at(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    private static Clock clock(int minute) {
        return Clock.fixed(at(minute), ZoneOffset.UTC);
    }
}
