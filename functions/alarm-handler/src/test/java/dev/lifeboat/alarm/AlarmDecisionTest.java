package dev.lifeboat.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.alarm.AlarmResult.Outcome;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.recovery.RecoveryInput;
import dev.lifeboat.contract.recovery.Trigger;
import dev.lifeboat.lambda.Notifier;
import dev.lifeboat.testsupport.TestingAwsApi;
import dev.lifeboat.testsupport.TestingAwsApi.Answer;
import dev.lifeboat.testsupport.TestingAwsApi.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

final class AlarmDecisionTest {
    private static final Path EVENTS = Path.of(System.getProperty("lifeboat.root"), "events");
    private static final String MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:recover-database";
    private static final String INCIDENT = "database-cloudtolocalllm-20261123T064503Z";
    private static final String TARGET = """
            {"name":"cloudtolocalllm","purpose":"live","cluster":"c","namespace":"n","postgresService":"postgres",
             "database":"app","backupOf":"app","adminSecret":"admin"}""";

    /** What the state machine service knows: inputs by name, and which of them run. */
    private final Map<String, String> executions = new ConcurrentHashMap<>();

    private final List<String> running = new ArrayList<>();
    private String mode = "automatic";
    private TestingAwsApi aws;

    @BeforeEach
    void startAws() {
        aws = TestingAwsApi.start();
        aws.on(
                "AmazonSSM.GetParameter",
                r -> Answer.ok("{\"Parameter\":{\"Name\":\"/mode\",\"Value\":\"" + mode + "\"}}"));
        aws.on("AWSStepFunctions.ListExecutions", this::list);
        aws.on("AWSStepFunctions.StartExecution", this::start);
    }

    @AfterEach
    void stopAws() {
        aws.close();
    }

    @Test
    void anAlarmStartsTheRecoveryThatItCallsFor() throws IOException {
        AlarmResult result = decide("alarm-handler-alarm.json");

        assertThat(result)
                .isEqualTo(new AlarmResult(
                        Outcome.STARTED,
                        "cloudtolocalllm-database-not-answering",
                        INCIDENT,
                        "arn:" + INCIDENT,
                        "Recovery " + INCIDENT + " runs."));
        RecoveryInput input = Json.read("the input", executions.get(INCIDENT), RecoveryInput.class);
        assertThat(input.incident()).isEqualTo(INCIDENT);
        assertThat(input.target().name()).isEqualTo("cloudtolocalllm");
        assertThat(input.trigger().kind()).isEqualTo(Trigger.Kind.ALARM);
        assertThat(input.trigger().at()).isEqualTo(Instant.parse("2026-11-23T06:45:03.123Z"));
        assertThat(input.trigger().failedAfter()).isEqualTo(Instant.parse("2026-11-23T06:42:00Z"));
        assertThat(input.trigger().detail()).startsWith("Threshold Crossed: 2 out of the last 2 datapoints");
        assertThat(aws.requests("Publish")).isEmpty();
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
                assertThat(delivery.get().execution()).isEqualTo("arn:" + INCIDENT);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(executions).containsOnlyKeys(INCIDENT);
        assertThat(aws.requests("AWSStepFunctions.StartExecution"))
                .hasSize(5)
                .extracting(Request::body)
                .containsOnly(
                        aws.requests("AWSStepFunctions.StartExecution").get(0).body());
    }

    @Test
    void anEventThatComesAgainAfterTheRecoveryEndedStartsNothing() throws IOException {
        decide("alarm-handler-alarm.json");
        aws.on(
                "AWSStepFunctions.StartExecution",
                r -> Answer.error(400, "com.amazonaws.swf.service.v2.model#ExecutionAlreadyExists", "exists"));

        assertThat(decide("alarm-handler-alarm.json"))
                .extracting(AlarmResult::outcome, AlarmResult::message)
                .containsExactly(
                        Outcome.ALREADY_HANDLED,
                        "Recovery " + INCIDENT + " was started before and has ended: nothing was started.");
    }

    @Test
    void aRecoveryOfTheSameTargetThatRunsIsJoined() throws IOException {
        running.add("database-cloudtolocalllm-20261123T063000Z");

        assertThat(decide("alarm-handler-alarm.json"))
                .isEqualTo(new AlarmResult(
                        Outcome.JOINED,
                        "cloudtolocalllm-database-not-answering",
                        INCIDENT,
                        "database-cloudtolocalllm-20261123T063000Z",
                        "Recovery database-cloudtolocalllm-20261123T063000Z of the same target runs already: nothing was"
                                + " started."));
        assertThat(executions).isEmpty();
    }

    @Test
    void aRecoveryOfATargetWhoseNameBeginsAlikeIsNotJoined() throws IOException {
        running.add("database-cloudtolocalllm-eu-20261123T063000Z");

        assertThat(decide("alarm-handler-alarm.json").outcome()).isEqualTo(Outcome.STARTED);
    }

    @Test
    void aTransitionToOkOrInsufficientDataStartsNothing() throws IOException {
        assertThat(decide("alarm-handler-ok.json").message()).isEqualTo("State OK starts nothing.");
        assertThat(decide("alarm-handler-insufficient-data.json"))
                .extracting(AlarmResult::outcome, AlarmResult::message)
                .containsExactly(Outcome.NO_FAILURE, "State INSUFFICIENT_DATA starts nothing.");
        assertThat(executions).isEmpty();
        assertThat(aws.requests("Publish")).isEmpty();
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
                .endsWith(
                        "if Lifeboat is to act on it, add it to SCENARIOS of the AlarmHandler function in template.yaml.\n");
        assertThat(executions).isEmpty();
    }

    @Test
    void inModeApprovePeopleAreToldTheExactCommand() throws IOException {
        mode = "approve";

        AlarmResult result = decide("alarm-handler-alarm.json");

        assertThat(result.outcome()).isEqualTo(Outcome.WAITING_FOR_APPROVAL);
        assertThat(executions).isEmpty();
        assertThat(commandInMessage())
                .startsWith("aws stepfunctions start-execution --state-machine-arn " + MACHINE + " --name " + INCIDENT
                        + " --input '{\"incident\":\"" + INCIDENT + "\",");
    }

    @Test
    void theCommandSurvivesAShell() throws Exception {
        mode = "approve";
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
    void inModeObservePeopleAreToldAndNothingStarts() throws IOException {
        mode = "observe";

        assertThat(decide("alarm-handler-alarm.json").outcome()).isEqualTo(Outcome.OBSERVED);
        assertThat(published("Subject"))
                .isEqualTo("Lifeboat: cloudtolocalllm-database-not-answering: nothing is done, the mode is observe");
        assertThat(executions).isEmpty();
    }

    @Test
    void aModeThatIsNoneOfOursAsksAPerson() throws IOException {
        mode = "autmatic";

        AlarmResult result = decide("alarm-handler-alarm.json");

        assertThat(result.message())
                .isEqualTo(
                        "Parameter /mode is none of automatic, approve and observe. People were told the command that"
                                + " starts recovery " + INCIDENT + ".");
        assertThat(executions).isEmpty();
    }

    @Test
    void aModeParameterThatIsMissingMeansAutomatic() throws IOException {
        aws.on("AmazonSSM.GetParameter", r -> Answer.error(400, "ParameterNotFound", "none"));

        assertThat(decide("alarm-handler-alarm.json").outcome()).isEqualTo(Outcome.STARTED);
    }

    @Test
    void anApiThatThrottlesIsRetryable() {
        aws.on("AWSStepFunctions.ListExecutions", r -> Answer.error(400, "ThrottlingException", "Rate exceeded"));

        assertThatThrownBy(() -> decide("alarm-handler-alarm.json"))
                .isInstanceOf(AwsUnavailableException.class)
                .hasMessage("Cannot list the executions of " + MACHINE
                        + ": AWS answered 400 ThrottlingException (Rate exceeded). HINT: It is tried again; if that goes on,"
                        + " look at the AWS Health Dashboard.");
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
        assertThatThrownBy(() -> decideOn("{\"detail\":{\"alarmName\":\"a\",\"state\":{\"value\":\"ALARM\"}}}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid the AlarmHandler event: field 'detail.state.timestamp' is missing."
                        + " HINT: Send one of events/alarm-handler-*.json.");
    }

    private AlarmResult decide(String event) throws IOException {
        return decideOn(Files.readString(EVENTS.resolve(event)));
    }

    private AlarmResult decideOn(String event) {
        AlarmSettings settings = AlarmSettings.parse(
                TARGET,
                "{\"cloudtolocalllm-database-not-answering\":\"database\"}",
                "{\"database\":\"" + MACHINE + "\"}");
        AlarmDecision decision = new AlarmDecision(
                settings,
                new ModeParameter(client(SsmClient.builder()), "/mode"),
                new Recoveries(client(SfnClient.builder())),
                new Notifier(() -> client(SnsClient.builder()), "arn:aws:sns:us-east-1:123456789012:people"));
        return decision.decide(AlarmEventReader.read(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8))));
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private String published(String parameter) {
        assertThat(aws.requests("Publish")).hasSize(1);
        return aws.requests("Publish").get(0).parameters().get(parameter);
    }

    private String commandInMessage() {
        return published("Message")
                .lines()
                .filter(line -> line.startsWith("aws stepfunctions"))
                .findFirst()
                .orElseThrow();
    }

    private Answer list(Request request) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (String name : running) {
            items.add(Map.of(
                    "executionArn",
                    "arn:" + name,
                    "name",
                    name,
                    "stateMachineArn",
                    MACHINE,
                    "status",
                    "RUNNING",
                    "startDate",
                    1));
        }
        return Answer.ok(Json.compact(Map.of("executions", items)));
    }

    /** As Step Functions does while the first execution runs: same name and input is the same execution. */
    private Answer start(Request request) {
        String name = field(request, "name");
        String input = field(request, "input");
        String first = executions.putIfAbsent(name, input);
        return first == null || first.equals(input)
                ? Answer.ok("{\"executionArn\":\"arn:" + name + "\",\"startDate\":1}")
                : Answer.error(400, "ExecutionAlreadyExists", "exists with another input");
    }

    private static String field(Request request, String name) {
        try {
            return Json.mapper().readTree(request.body()).path(name).asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
