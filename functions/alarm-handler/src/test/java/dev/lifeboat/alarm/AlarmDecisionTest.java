package dev.lifeboat.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.alarm.AlarmResult.Outcome;
import dev.lifeboat.alarm.TestingStepFunctions.Execution;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.recovery.HeldLease;
import dev.lifeboat.contract.recovery.RecoveryInput;
import dev.lifeboat.contract.recovery.Trigger;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import dev.lifeboat.testsupport.TestingAwsApi.Answer;
import dev.lifeboat.testsupport.TestingAwsApi.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(S3MockExtension.class)
final class AlarmDecisionTest {
    private static final Path EVENTS = Path.of(System.getProperty("lifeboat.root"), "events");
    private static final String INCIDENT = "database-cloudtolocalllm-20261123T064503Z";
    private static final String ARN = "arn:aws:states:us-east-1:123456789012:execution:recover-database:" + INCIDENT;
    private static final String EARLIER = "database-cloudtolocalllm-20261123T063000Z";
    private static final String CLUSTER_ALARM = "cloudtolocalllm-cluster-unreachable";
    private static final String APPLICATION_ALARM = "cloudtolocalllm-application-unhealthy";

    private TestingAccount account;

    @BeforeEach
    void open(S3MockServer s3) {
        account = new TestingAccount(s3.endpoint());
    }

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void anAlarmStartsTheRecoveryThatItCallsFor() throws IOException {
        AlarmResult result = decide("alarm-handler-alarm.json");

        assertThat(result)
                .isEqualTo(new AlarmResult(
                        Outcome.STARTED,
                        "cloudtolocalllm-database-not-answering",
                        INCIDENT,
                        ARN,
                        "Recovery " + INCIDENT + " runs."));
        RecoveryInput input = Json.read("the input", account.stepFunctions.find(ARN).input, RecoveryInput.class);
        assertThat(input.incident()).isEqualTo(INCIDENT);
        assertThat(input.target().name()).isEqualTo("cloudtolocalllm");
        assertThat(input.trigger().kind()).isEqualTo(Trigger.Kind.ALARM);
        assertThat(input.trigger().at()).isEqualTo(Instant.parse("2026-11-23T06:45:03.123Z"));
        assertThat(input.trigger().failedAfter()).isEqualTo(Instant.parse("2026-11-23T06:42:00Z"));
        assertThat(input.trigger().detail()).startsWith("Threshold Crossed: 2 out of the last 2 datapoints");
        assertThat(account.aws.requests("Publish")).isEmpty();
    }

    @Test
    void theSameEventFiveTimesAtOnceStartsOneRecovery() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            List<Future<AlarmResult>> deliveries = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                deliveries.add(threads.submit(() -> decide("alarm-handler-alarm.json")));
            }
            for (Future<AlarmResult> delivery : deliveries) {
                assertThat(delivery.get().outcome()).isEqualTo(Outcome.STARTED);
                assertThat(delivery.get().execution()).isEqualTo(ARN);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(names()).containsExactly(INCIDENT);
        assertThat(account.aws.requests("AWSStepFunctions.StartExecution"))
                .extracting(Request::body)
                .filteredOn(body -> body.contains(TestingAccount.DATABASE))
                .isNotEmpty()
                .allMatch(account.aws.requests("AWSStepFunctions.StartExecution").stream()
                        .map(Request::body)
                        .filter(body -> body.contains(TestingAccount.DATABASE))
                        .findFirst()
                        .orElseThrow()::equals);
    }

    @Test
    void anEventThatComesAgainAfterTheRecoveryEndedStartsNothing() throws IOException {
        decide("alarm-handler-alarm.json");
        account.stepFunctions.find(ARN).end("SUCCEEDED", "{\"outcome\":\"recovered\"}", Instant.now());

        assertThat(decide("alarm-handler-alarm.json"))
                .extracting(AlarmResult::outcome, AlarmResult::message)
                .containsExactly(
                        Outcome.ALREADY_HANDLED, "Recovery " + INCIDENT + " was started before: nothing was started.");
    }

    @Test
    void aRecoveryOfTheSameTargetThatRunsIsJoined() throws IOException {
        account.stepFunctions.running(TestingAccount.DATABASE, EARLIER, "{}");

        assertThat(decide("alarm-handler-alarm.json"))
                .isEqualTo(new AlarmResult(
                        Outcome.JOINED,
                        "cloudtolocalllm-database-not-answering",
                        INCIDENT,
                        "database-cloudtolocalllm-20261123T063000Z",
                        "Recovery database-cloudtolocalllm-20261123T063000Z of the same target runs already: nothing was"
                                + " started. The alarm is looked at again when it rests."));
        assertThat(names()).containsExactly(EARLIER);
    }

    @Test
    void theAlarmsOfTwoDeploymentsAreOneRecovery() throws IOException {
        String second = "cloudtolocalllm-api-backend-unhealthy";
        account.parameters.compute(
                "/alarms", (name, mapping) -> mapping.replaceFirst("\\{", "{\"" + second + "\":\"application\","));

        assertThat(decideOn(alarm(APPLICATION_ALARM)).outcome()).isEqualTo(Outcome.STARTED);
        AlarmResult sameSecond = decideOn(alarm(second));
        AlarmResult later = decideOn(alarm(second).replace("06:45:03.123+", "06:45:41.500+"));

        assertThat(names()).containsExactly("application-cloudtolocalllm-20261123T064503Z");
        assertThat(sameSecond.message()).as("the same incident").endsWith(" runs.");
        assertThat(later.outcome()).isEqualTo(Outcome.JOINED);
    }

    @Test
    void aRecoveryOfATargetWhoseNameBeginsAlikeIsNotJoined() throws IOException {
        account.stepFunctions.running(TestingAccount.DATABASE, "database-cloudtolocalllm-eu-20261123T063000Z", "{}");

        assertThat(decide("alarm-handler-alarm.json").outcome()).isEqualTo(Outcome.STARTED);
    }

    @Test
    void aTransitionToOkOrInsufficientDataStartsNothing() throws IOException {
        assertThat(decide("alarm-handler-ok.json").message()).isEqualTo("State OK starts nothing.");
        assertThat(decide("alarm-handler-insufficient-data.json"))
                .extracting(AlarmResult::outcome, AlarmResult::message)
                .containsExactly(Outcome.NO_FAILURE, "State INSUFFICIENT_DATA starts nothing.");
        assertThat(account.stepFunctions.all()).isEmpty();
        assertThat(account.aws.requests("Publish")).isEmpty();
    }

    @Test
    void anAlarmThatNobodyMappedIsToldToPeople() throws IOException {
        String event = Files.readString(EVENTS.resolve("alarm-handler-alarm.json"))
                .replace("\"alarmName\": \"cloudtolocalllm-database-not-answering\"", "\"alarmName\": \"disk-full\"");

        AlarmResult result = decideOn(event);

        assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN_ALARM);
        assertThat(published("Subject")).isEqualTo("Lifeboat: alarm disk-full is not known");
        assertThat(published("Message"))
                .startsWith("Alarm disk-full went off at 2026-11-23T06:45:03.123Z: Threshold Crossed:")
                .endsWith("if Lifeboat is to act on it, add it to the parameter AlarmScenarios of template.yaml.\n");
        assertThat(account.stepFunctions.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"automatic", "approve", "observe", "autmatic"})
    void whateverTheModeTheMachineStartsWhichObeysIt(String mode) throws IOException {
        account.parameters.put("/mode", mode);

        assertThat(decide("alarm-handler-alarm.json").outcome()).isEqualTo(Outcome.STARTED);
    }

    @Test
    void inModeApproveNoNarrowerRecoveryIsStoppedUnasked() throws IOException {
        decideOn(alarm(APPLICATION_ALARM));
        account.parameters.put("/mode", "approve");

        AlarmResult result = decide("alarm-handler-alarm.json");

        assertThat(result.outcome()).isEqualTo(Outcome.WAITING_FOR_APPROVAL);
        assertThat(account.executionsOf(TestingAccount.APPLICATION))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.status).isEqualTo("RUNNING");
                    assertThat(published("Message"))
                            .contains("aws stepfunctions stop-execution --execution-arn " + each.arn()
                                    + " --error Superseded\n");
                });
        assertThat(commandInMessage())
                .startsWith("aws stepfunctions start-execution --state-machine-arn " + TestingAccount.DATABASE
                        + " --name " + INCIDENT + " --input '{\"incident\":\"" + INCIDENT + "\",");
    }

    @Test
    void theCommandSurvivesAShell() throws Exception {
        decideOn(alarm(APPLICATION_ALARM));
        account.parameters.put("/mode", "approve");
        String event = Files.readString(EVENTS.resolve("alarm-handler-alarm.json"))
                .replace("Threshold Crossed", "It's $(broken) `now` \\\\");

        decideOn(event);

        // The shell gives back the words that aws would get.
        Process shell = new ProcessBuilder("sh", "-c", "aws() { printf '%s' \"$8\"; }; " + commandInMessage()).start();
        String input = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(Json.read("the input", input, RecoveryInput.class).trigger().detail())
                .startsWith("It's $(broken) `now` \\");
    }

    @Test
    void aModeThatIsNoneOfOursAsksAPerson() throws IOException {
        decideOn(alarm(APPLICATION_ALARM));
        account.parameters.put("/mode", "autmatic");

        AlarmResult result = decide("alarm-handler-alarm.json");

        assertThat(result.message())
                .isEqualTo(
                        "Parameter /mode is none of automatic, approve and observe. People were told the commands that"
                                + " start recovery " + INCIDENT + ".");
        assertThat(names()).hasSize(1);
    }

    @Test
    void aModeParameterThatIsMissingAsksAPerson() throws IOException {
        decideOn(alarm(APPLICATION_ALARM));
        account.parameters.remove("/mode");

        assertThat(decide("alarm-handler-alarm.json").outcome()).isEqualTo(Outcome.WAITING_FOR_APPROVAL);
    }

    @Test
    void anApiThatThrottlesIsRetryable() {
        account.aws.on(
                "AWSStepFunctions.ListExecutions", r -> Answer.error(400, "ThrottlingException", "Rate exceeded"));

        assertThatThrownBy(() -> decide("alarm-handler-alarm.json"))
                .isInstanceOf(AwsUnavailableException.class)
                .hasMessage("Cannot list the executions of " + TestingAccount.CLUSTER
                        + ": AWS answered 400 ThrottlingException (Rate exceeded). HINT: It is tried again; if that"
                        + " goes on, look at the AWS Health Dashboard.");
    }

    @Test
    void aTimeOfTheStateThatCannotBeReadIsReplacedByTheEventsOwn() throws IOException {
        String event = Files.readString(EVENTS.resolve("alarm-handler-alarm.json"))
                .replaceAll("\"timestamp\": \"2026-11-23T06:45:03[^\"]*\"", "\"timestamp\": \"soon\"");

        AlarmResult result = decideOn(event);

        assertThat(event).contains("soon");
        assertThat(result.incident()).isEqualTo(INCIDENT);
    }

    @Test
    void anEventThatIsNoAlarmsNamesTheFieldThatIsMissing() {
        assertThatThrownBy(
                        () -> decideOn(
                                "{\"source\":\"aws.cloudwatch\",\"detail\":{\"alarmName\":\"a\",\"state\":{\"value\":\"ALARM\"}}}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid the AlarmHandler event: field 'detail.state.timestamp' is missing."
                        + " HINT: Send one of events/alarm-handler-*.json.");
    }

    @Test
    void anAlarmWhoseRecoveryHasNoMachineYetIsToldToPeople() throws IOException {
        AlarmResult result = decideOn(alarm("cloudtolocalllm-data-corrupt"));

        assertThat(result.outcome()).isEqualTo(Outcome.NO_MACHINE);
        assertThat(published("Subject")).isEqualTo("Lifeboat: cloudtolocalllm-data-corrupt: a person has to recover");
        assertThat(published("Message"))
                .contains("It calls for scenario 'corruption'")
                .contains("NOTHING was started");
        assertThat(account.stepFunctions.all()).isEmpty();
    }

    @Test
    void aCompositeAlarmWhoseActionsAreSuppressedStartsNothing() throws IOException {
        assertThat(decide("alarm-handler-composite.json"))
                .extracting(AlarmResult::outcome, AlarmResult::message)
                .containsExactly(Outcome.SUPPRESSED, "Its actions are suppressed (WaitPeriod): nothing was started.");
        assertThat(account.stepFunctions.all()).isEmpty();
    }

    @Test
    void whoHoldsTheLeaseIsJoinedThoughNoListShowsIt() throws IOException {
        account.stepFunctions.listsLagBy(Duration.ofHours(1));
        Execution byHand = account.stepFunctions.running(TestingAccount.DATABASE, "by-hand", "{}");
        account.leases().acquire("cloudtolocalllm", "by-hand", byHand.arn());

        AlarmResult result = decide("alarm-handler-alarm.json");

        assertThat(result.outcome()).isEqualTo(Outcome.JOINED);
        assertThat(result.execution()).isEqualTo("by-hand");
        assertThat(account.aws.requests("AWSStepFunctions.ListExecutions")).isEmpty();
    }

    @Test
    void aLeaseWhoseOwnerHasEndedHoldsNobodyUp() throws IOException {
        Execution dead = account.stepFunctions.running(TestingAccount.DATABASE, "by-hand", "{}");
        account.leases().acquire("cloudtolocalllm", "by-hand", dead.arn());
        dead.end("ABORTED", null, Instant.now());

        assertThat(decide("alarm-handler-alarm.json").outcome()).isEqualTo(Outcome.STARTED);
    }

    @Test
    void aBroaderRecoveryStopsTheNarrowerOneAndStarts() throws IOException {
        decide("alarm-handler-alarm.json");
        account.leases().acquire("cloudtolocalllm", INCIDENT, ARN);

        AlarmResult result = decideOn(alarm(CLUSTER_ALARM));

        assertThat(result.outcome()).isEqualTo(Outcome.STARTED);
        assertThat(result.incident()).isEqualTo("cluster-cloudtolocalllm-20261123T064503Z");
        assertThat(account.stepFunctions.find(ARN).status).isEqualTo("ABORTED");
        assertThat(account.stepFunctions.find(ARN).cause)
                .isEqualTo("Recovery cluster-cloudtolocalllm-20261123T064503Z brings back more, and does what this one"
                        + " would have done.");
    }

    @Test
    void aBroaderOneStopsTheNarrowerOneThatStartedWhileItLooked() throws IOException {
        account.stepFunctions.onStart(execution -> {
            if (execution.machine.equals(TestingAccount.CLUSTER)) {
                account.stepFunctions.running(TestingAccount.DATABASE, INCIDENT, "{}");
            }
        });

        AlarmResult result = decideOn(alarm(CLUSTER_ALARM));

        assertThat(result.outcome()).isEqualTo(Outcome.STARTED);
        assertThat(account.stepFunctions.find(ARN).status).isEqualTo("ABORTED");
        assertThat(account.stepFunctions.find(result.execution()).status).isEqualTo("RUNNING");
    }

    @Test
    void aNarrowerOneThatStartsBesideABroaderOneIsStoppedByWhoStartedIt() throws IOException {
        account.stepFunctions.onStart(execution -> {
            if (execution.machine.equals(TestingAccount.DATABASE)) {
                account.stepFunctions.running(TestingAccount.CLUSTER, "cluster-cloudtolocalllm-20261123T064503Z", "{}");
            }
        });

        AlarmResult result = decide("alarm-handler-alarm.json");

        assertThat(result.outcome()).isEqualTo(Outcome.JOINED);
        assertThat(result.execution()).isEqualTo("cluster-cloudtolocalllm-20261123T064503Z");
        assertThat(account.stepFunctions.find(ARN).status).isEqualTo("ABORTED");
    }

    @Test
    void inModeApproveNeitherOfTwoIsStopped() throws IOException {
        account.parameters.put("/mode", "approve");
        account.stepFunctions.onStart(execution -> {
            if (execution.machine.equals(TestingAccount.CLUSTER)) {
                account.stepFunctions.running(TestingAccount.DATABASE, INCIDENT, "{}");
            }
        });

        assertThat(decideOn(alarm(CLUSTER_ALARM)).outcome()).isEqualTo(Outcome.STARTED);
        assertThat(account.stepFunctions.find(ARN).status).isEqualTo("RUNNING");
    }

    @Test
    void whatASupersededRecoveryHasStartedIsStoppedWithIt() throws IOException {
        decide("alarm-handler-alarm.json");
        Execution nested = account.stepFunctions.running(TestingAccount.DATABASE, "nested", "{}");
        account.leases().acquire("cloudtolocalllm", INCIDENT, ARN);
        account.leases().inherit("cloudtolocalllm", new HeldLease(ARN, 1), nested.arn());

        assertThat(decideOn(alarm(CLUSTER_ALARM)).outcome()).isEqualTo(Outcome.STARTED);

        assertThat(account.stepFunctions.find(ARN).status).isEqualTo("ABORTED");
        assertThat(nested.status).isEqualTo("ABORTED");
    }

    @Test
    void aClusterAlarmJoinsTheRebuildWhoseNestedRecoveryOfTheDatabaseIsAtWork() throws IOException {
        Execution rebuild = account.stepFunctions.running(TestingAccount.CLUSTER, "by-hand", "{}");
        Execution nested = account.stepFunctions.running(TestingAccount.DATABASE, "db1-by-hand", "{}");
        account.leases().acquire("cloudtolocalllm", "by-hand", rebuild.arn());
        account.leases().inherit("cloudtolocalllm", new HeldLease(rebuild.arn(), 1), nested.arn());

        assertThat(decideOn(alarm(CLUSTER_ALARM)).outcome()).isEqualTo(Outcome.JOINED);

        assertThat(nested.status).isEqualTo("RUNNING");
    }

    @Test
    void aNarrowerAlarmJoinsTheBroaderRecovery() throws IOException {
        decideOn(alarm(CLUSTER_ALARM));

        assertThat(decide("alarm-handler-alarm.json").outcome()).isEqualTo(Outcome.JOINED);
        assertThat(decideOn(alarm(APPLICATION_ALARM)).outcome()).isEqualTo(Outcome.JOINED);
        assertThat(names()).containsExactly("cluster-cloudtolocalllm-20261123T064503Z");
    }

    @Test
    void whoeverOnlyWatchesStopsNoNarrowerRecovery() throws IOException {
        decide("alarm-handler-alarm.json");
        account.parameters.put("/mode", "observe");

        assertThat(decideOn(alarm(CLUSTER_ALARM)).outcome()).isEqualTo(Outcome.OBSERVED);
        assertThat(account.stepFunctions.find(ARN).status).isEqualTo("RUNNING");
    }

    @Test
    void aRecoveryThatNoMachineOfOursRunsIsNeverStopped() throws IOException {
        Execution unknown = account.stepFunctions.running(TestingAccount.MACHINES + "other", "x", "{}");
        account.leases().acquire("cloudtolocalllm", "x", unknown.arn());

        assertThat(decideOn(alarm(CLUSTER_ALARM)).outcome()).isEqualTo(Outcome.JOINED);
        assertThat(unknown.status).isEqualTo("RUNNING");
    }

    @Test
    void theSameAlarmSoonAfterItsRecoveryGoesToAPerson() throws IOException {
        ended("recovered", "SUCCEEDED", Duration.ofMinutes(20));

        AlarmResult result = decideOn(now());

        assertThat(result.outcome()).isEqualTo(Outcome.COOLING_DOWN);
        assertThat(published("Subject"))
                .isEqualTo("Lifeboat: cloudtolocalllm-database-not-answering again, soon after its recovery");
        assertThat(published("Message"))
                .contains("Recovery " + EARLIER + " for the same alarm ended as SUCCEEDED at ")
                .contains("less than 30 minutes ago. What it did has not lasted, so nothing was started.")
                .contains("Parameter /cool-down holds the minutes.");
        assertThat(commandInMessage()).contains("--name database-cloudtolocalllm-2");
        assertThat(names()).containsExactly(EARLIER);
    }

    @Test
    void aRecoveryThatGaveUpIsNotTriedAgainAtOnceEither() throws IOException {
        ended(null, "FAILED", Duration.ofMinutes(20));

        assertThat(decideOn(now()).outcome()).isEqualTo(Outcome.COOLING_DOWN);
    }

    @Test
    void afterTheCoolDownOrAFalseAlarmOrAnotherAlarmARecoveryStarts() throws IOException {
        ended("recovered", "SUCCEEDED", Duration.ofMinutes(31));
        AlarmResult started = decideOn(now());
        assertThat(started.outcome()).isEqualTo(Outcome.STARTED);
        account.stepFunctions.find(started.execution()).end("SUCCEEDED", "{\"outcome\":\"not-needed\"}", Instant.now());

        assertThat(decideOn(at(Instant.now().plusSeconds(5).toString())).outcome())
                .isEqualTo(Outcome.STARTED);
        account.stepFunctions
                .all()
                .forEach(each -> each.end("SUCCEEDED", "{\"outcome\":\"recovered\"}", Instant.now()));

        assertThat(decideOn(alarm(APPLICATION_ALARM)).outcome()).isEqualTo(Outcome.STARTED);
    }

    @Test
    void theCoolDownIsChangedWithoutADeployment() throws IOException {
        ended("recovered", "SUCCEEDED", Duration.ofMinutes(20));
        account.parameters.put("/cool-down", "10");

        assertThat(decideOn(now()).outcome()).isEqualTo(Outcome.STARTED);
    }

    @Test
    void aCoolDownThatIsNoNumberIsTheUsualOne() throws IOException {
        ended("recovered", "SUCCEEDED", Duration.ofMinutes(20));
        account.parameters.put("/cool-down", "soon");

        assertThat(decideOn(now()).outcome()).isEqualTo(Outcome.COOLING_DOWN);
    }

    @Test
    void aLateEventOfBeforeTheRecoverysEndJoinsItAfterwards() throws IOException {
        ended("recovered", "SUCCEEDED", Duration.ofMinutes(1));

        AlarmResult result = decide("alarm-handler-alarm.json");

        assertThat(result.outcome()).isEqualTo(Outcome.JOINED);
        assertThat(result.message())
                .startsWith("The alarm changed at 2026-11-23T06:45:03.123Z, and recovery " + EARLIER
                        + " ended as SUCCEEDED at ")
                .endsWith("The alarm is looked at again when it rests.");
        assertThat(names()).containsExactly(EARLIER);
        assertThat(account.executionsOf(TestingAccount.SETTLE)).hasSize(1);
        assertThat(account.published("Subject")).isEmpty();
    }

    private static String now() throws IOException {
        return at(Instant.now().toString());
    }

    private void ended(String outcome, String status, Duration ago) throws IOException {
        String input = "{\"trigger\":{\"source\":\"" + TestingAccount.ALARM + "\"}}";
        account.stepFunctions
                .running(TestingAccount.DATABASE, EARLIER, input)
                .end(
                        status,
                        outcome == null ? null : "{\"outcome\":\"" + outcome + "\"}",
                        Instant.now().minus(ago));
    }

    private static String alarm(String name) throws IOException {
        return Files.readString(EVENTS.resolve("alarm-handler-alarm.json"))
                .replace("\"alarmName\": \"" + TestingAccount.ALARM, "\"alarmName\": \"" + name);
    }

    private static String at(String time) throws IOException {
        return Files.readString(EVENTS.resolve("alarm-handler-alarm.json"))
                .replace("\"timestamp\": \"2026-11-23T06:45:03.123+0000\"", "\"timestamp\": \"" + time + "\"");
    }

    private AlarmResult decide(String event) throws IOException {
        return decideOn(Files.readString(EVENTS.resolve(event)));
    }

    private AlarmResult decideOn(String event) {
        return account.decide(event);
    }

    private List<String> names() {
        return account.stepFunctions.all().stream()
                .filter(each -> !each.machine.equals(TestingAccount.SETTLE))
                .map(each -> each.name)
                .toList();
    }

    private String published(String parameter) {
        assertThat(account.published(parameter)).hasSize(1);
        return account.published(parameter).get(0);
    }

    private String commandInMessage() {
        return published("Message")
                .lines()
                .filter(line -> line.startsWith("aws stepfunctions start-execution"))
                .findFirst()
                .orElseThrow();
    }
}
