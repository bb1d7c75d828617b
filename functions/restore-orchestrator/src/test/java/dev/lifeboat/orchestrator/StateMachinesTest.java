package dev.lifeboat.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.LeaseHeldException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Trigger;
import dev.lifeboat.orchestrator.StateMachines.Machine;
import dev.lifeboat.orchestrator.application.ApplicationRequest;
import dev.lifeboat.orchestrator.cluster.ClusterRequest;
import dev.lifeboat.orchestrator.database.DatabaseRequest;
import dev.lifeboat.orchestrator.database.StepResults.Restored;
import dev.lifeboat.orchestrator.report.ReportRequest;
import dev.lifeboat.report.Failure;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StateMachinesTest {
    private static final String OURS = "dev.lifeboat.";

    /** Errors that AWS raises; "Handling errors in Step Functions workflows" of its developer guide. */
    private static final Set<String> OF_AWS = Set.of(
            "States.ALL",
            "States.TaskFailed",
            "States.Timeout",
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
            "Lambda.TooManyRequestsException",
            "Lambda.Unknown",
            "Lambda.SnapStartException",
            "Lambda.SnapStartNotReadyException",
            "Lambda.SnapStartTimeoutException",
            "Lambda.ResourceNotReadyException",
            "Lambda.ResourceConflictException",
            "Runtime.ExitError",
            "Runtime.Unknown",
            "Sandbox.Timedout",
            "StepFunctions.ExecutionLimitExceededException",
            "StepFunctions.SfnException",
            "StepFunctions.SdkClientException");

    /** What a person's answer says, by the command of the request. */
    private static final Set<String> OF_PEOPLE = Set.of("NotApproved");

    /** What calling a version answers that nobody called for 14 days; "Lambda function states" of its developer guide. */
    private static final List<String> ASLEEP = List.of(
            "Lambda.SnapStartException",
            "Lambda.SnapStartNotReadyException",
            "Lambda.SnapStartTimeoutException",
            "Lambda.ResourceNotReadyException",
            "Lambda.ResourceConflictException");

    private static final Map<String, Class<?>> REQUESTS = Map.of(
            "${RecoverDatabaseFunction}", DatabaseRequest.class,
            "${RecoverClusterFunction}", ClusterRequest.class,
            "${RecoverApplicationFunction}", ApplicationRequest.class,
            "${RecoveryReportFunction}", ReportRequest.class);

    private static final Pattern VARIABLE = Pattern.compile("\\$([a-zA-Z][a-zA-Z0-9]*)(?![a-zA-Z0-9]|\\s*\\()");

    static Stream<Machine> all() {
        return StateMachines.all();
    }

    static Stream<Machine> files() {
        return StateMachines.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aMachineIsInJsonataAndEndsInTime(Machine machine) {
        assertThat(machine.tree().path("QueryLanguage").textValue()).isEqualTo("JSONata");
        assertThat(machine.tree().path("TimeoutSeconds").intValue()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyStateCanBeReachedAndLeadsSomewhere(Machine machine) {
        Map<String, JsonNode> states = machine.states();
        Set<String> reached = new HashSet<>();
        ArrayDeque<String> open =
                new ArrayDeque<>(List.of(machine.tree().get("StartAt").textValue()));
        while (!open.isEmpty()) {
            String name = open.pop();
            assertThat(states).as("a state leads to it").containsKey(name);
            if (reached.add(name)) {
                open.addAll(StateMachines.successors(states.get(name)));
            }
        }

        assertThat(reached).isEqualTo(states.keySet());
        states.forEach((name, state) -> assertThat(
                        isEnd(state) || !StateMachines.successors(state).isEmpty())
                .as(name)
                .isTrue());
    }

    private static boolean isEnd(JsonNode state) {
        return state.path("End").booleanValue()
                || Set.of("Succeed", "Fail").contains(state.get("Type").textValue());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyTaskHasATimeLimitRetriesAndCatchesEverything(Machine machine) {
        machine.states().forEach((name, state) -> {
            if (state.get("Type").textValue().equals("Task")) {
                assertThat(state.path("TimeoutSeconds").intValue()).as(name).isPositive();
                assertThat(state.path("Retry")).as(name).isNotEmpty();
                JsonNode last = state.path("Catch").path(state.path("Catch").size() - 1);
                assertThat(last.path("ErrorEquals")).as(name).hasToString("[\"States.ALL\"]");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFunctionMaySleepWhenItIsCalled(Machine machine) {
        machine.states().forEach((name, state) -> {
            if (state.path("Resource").asText().contains(":lambda:invoke")) {
                for (String error : ASLEEP) {
                    assertThat(retriers(state, error))
                            .as(name + " on " + error)
                            .anySatisfy(retrier -> assertThat(waits(retrier)).isGreaterThan(Duration.ofMinutes(4)));
                }
            }
        });
    }

    private static List<JsonNode> retriers(JsonNode state, String error) {
        return StreamSupport.stream(state.path("Retry").spliterator(), false)
                .filter(retrier -> retrier.path("ErrorEquals").toString().contains('"' + error + '"'))
                .toList();
    }

    private static Duration waits(JsonNode retrier) {
        double seconds = 0;
        double next = retrier.path("IntervalSeconds").asDouble();
        for (int attempt = 0; attempt < retrier.path("MaxAttempts").asInt(); attempt++) {
            seconds += Math.min(next, retrier.path("MaxDelaySeconds").asDouble());
            next *= retrier.path("BackoffRate").asDouble();
        }
        return Duration.ofSeconds((long) seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recover-database", "recover-cluster"})
    void aRecoveryThatIsFencedOffEndsAtOnce(String machine) {
        Set<String> harmless = Set.of("AcquireLease", "CheckHealth", "Report", "ReleaseLease");
        StateMachines.named(machine).states().forEach((name, state) -> {
            if (state.path("Resource").asText().endsWith("lambda:invoke") && !harmless.contains(name)) {
                JsonNode first = state.path("Catch").path(0);
                assertThat(first.path("ErrorEquals"))
                        .as(name)
                        .hasToString("[\"dev.lifeboat.contract.error.FencedOffException\"]");
                assertThat(first.path("Next").asText()).as(name).isEqualTo("TellFencedOff");
            }
        });
    }

    @Test
    void aPersonIsGivenTheTimeThatTheyAreTold() {
        files().flatMap(machine -> machine.states().values().stream())
                .filter(state -> state.path("Resource").asText().endsWith(".waitForTaskToken"))
                .forEach(state -> {
                    assertThat(state.path("Arguments").path("Payload").path("timeoutSeconds"))
                            .isEqualTo(state.get("TimeoutSeconds"));
                    assertThat(state.get("Retry").toString())
                            .as("an answer is never asked for again")
                            .doesNotContain("NotApproved", "States.Timeout", "States.TaskFailed", "States.ALL");
                });
    }

    @Test
    void onlyABackupThatIsToBlameIsRejected() {
        files().filter(machine -> machine.states().containsKey("RejectBackup"))
                .flatMap(machine -> machine.states().values().stream())
                .flatMap(state -> StreamSupport.stream(state.path("Catch").spliterator(), false))
                .filter(catcher -> catcher.path("Next").asText().equals("RejectBackup"))
                .forEach(catcher -> assertThat(catcher.path("ErrorEquals"))
                        .hasToString("[\"dev.lifeboat.contract.error.BackupUnusableException\","
                                + "\"dev.lifeboat.contract.error.RestoreCheckFailedException\"]"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyErrorThatIsCaughtIsOneThatExists(Machine machine) {
        machine.states()
                .forEach((name, state) -> StateMachines.errors(state)
                        .forEach(error -> assertThat(
                                        OF_AWS.contains(error) || OF_PEOPLE.contains(error) || isOurs(error))
                                .as(name + " names " + error)
                                .isTrue()));
    }

    private static boolean isOurs(String error) {
        try {
            return error.startsWith(OURS) && LifeboatException.class.isAssignableFrom(Class.forName(error));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void everyErrorOfTheContractIsNamedByAMachine() throws IOException {
        StringBuilder text = new StringBuilder();
        files().forEach(machine -> text.append(machine.tree()));
        Path errors = StateMachines.root().resolve("libs/contract/src/main/java/dev/lifeboat/contract/error");
        try (Stream<Path> classes = Files.list(errors)) {
            assertThat(classes.map(file -> file.getFileName().toString().replace(".java", ""))
                            .filter(name -> !name.equals("LifeboatException")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(text).contains("dev.lifeboat.contract.error." + name));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatARetryCanHelpIsRetriedAndNothingElseOfOurs(Machine machine) {
        machine.states()
                .forEach((name, state) -> StateMachines.elements(state, "Retry")
                        .flatMap(rule -> StateMachines.elements(rule, "ErrorEquals"))
                        .map(JsonNode::textValue)
                        .filter(error -> error.startsWith(OURS))
                        // Waiting helps where the holder is being stopped for this one.
                        .filter(error -> !(machine.name().equals("recover-cluster")
                                && error.equals(LeaseHeldException.class.getName())))
                        .forEach(error -> assertThat(remedy(error))
                                .as(name + " retries " + error)
                                .isEqualTo(LifeboatException.Remedy.RETRYABLE)));
    }

    private static LifeboatException.Remedy remedy(String error) {
        try {
            return Class.forName(error)
                    .asSubclass(LifeboatException.class)
                    .getConstructor(String.class, String.class)
                    .newInstance("message", "hint")
                    .remedy();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(error, e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyExpressionIsJsonata(Machine machine) {
        StateMachines.expressions(
                machine.tree(),
                machine.name(),
                (path, expression) ->
                        assertThat(Jsonata.jsonata(expression)).as(path).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyVariableIsAssignedSomewhere(Machine machine) {
        Set<String> assigned = new TreeSet<>(Set.of("states"));
        machine.tree()
                .findValues("Assign")
                .forEach(assign -> assign.fieldNames().forEachRemaining(assigned::add));
        // findValues does not look inside what it has found, nor beside it: Catch and Choices have their own.
        Set<String> used = new TreeSet<>();
        StateMachines.expressions(machine.tree(), machine.name(), (path, expression) -> {
            Matcher variables = VARIABLE.matcher(expression.replaceAll("'[^']*'", "''"));
            while (variables.find()) {
                used.add(variables.group(1));
            }
        });

        assertThat(assigned).containsAll(used);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyPayloadHasTheFieldsOfItsRecord(Machine machine) {
        machine.states().forEach((name, state) -> {
            Class<?> request =
                    REQUESTS.get(state.path("Arguments").path("FunctionName").asText());
            if (request != null) {
                JsonNode payload = state.get("Arguments").get("Payload");
                Set<String> fields = new TreeSet<>();
                payload.fieldNames().forEachRemaining(fields::add);
                fields.remove("action");
                assertThat(fields)
                        .as(name)
                        .isEqualTo(
                                components(record(request, payload.get("action").textValue())));
            }
        });
    }

    private static Class<?> record(Class<?> request, String action) {
        return Arrays.stream(request.getAnnotation(JsonSubTypes.class).value())
                .filter(type -> type.name().equals(action))
                .findFirst()
                .orElseThrow(() -> new AssertionError(request + " has no action " + action))
                .value();
    }

    private static Set<String> components(Class<?> record) {
        Set<String> names = new TreeSet<>();
        for (RecordComponent component : record.getRecordComponents()) {
            names.add(component.getName());
        }
        return names;
    }

    @Test
    void theScopeTheTriggerAndAFailureHaveTheFieldsOfTheirRecords() {
        JsonNode assign = StateMachines.named("recover-database")
                .states()
                .get("AcquireLease")
                .get("Assign");
        assertThat(assign.get("scope").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(components(RecoveryScope.class));
        files().flatMap(machine -> machine.tree().findValues("failure").stream())
                .filter(JsonNode::isObject)
                .forEach(failure -> assertThat(failure.fieldNames())
                        .toIterable()
                        .containsExactlyInAnyOrderElementsOf(components(Failure.class)));
        assertThat(components(Trigger.class)).contains("kind", "source", "at");
    }

    @Test
    void theProgressOfARestoreIsAddedUpOfItsSteps() {
        Map<String, Object> begun = assigned("SelectBackup", Map.of(), Map.of());
        Map<String, Object> loaded = assigned(
                "RestoreShards",
                begun,
                List.of(
                        Map.of("shard", 0, "rows", 40, "bytes", 900, "millis", 30),
                        Map.of("shard", 1, "rows", 2, "bytes", 100, "millis", 5)));
        Map<String, Object> half = assigned(
                "Finish",
                loaded,
                Map.of(
                        "Payload",
                        Map.of(
                                "finished",
                                false,
                                "done",
                                3,
                                "total",
                                9,
                                "millis",
                                60,
                                "expectedEnd",
                                "2026-11-23T03:20:00Z")));
        Map<String, Object> whole = assigned(
                "Finish", half, Map.of("Payload", Map.of("finished", true, "done", 9, "total", 9, "millis", 40)));

        assertThat(read(begun)).isEqualTo(new Restored(0, 0, 0, 0, 0, 0, null, List.of()));
        assertThat(read(half))
                .isEqualTo(new Restored(42, 1000, 35, 3, 9, 60, Instant.parse("2026-11-23T03:20:00Z"), List.of()));
        assertThat(read(whole)).isEqualTo(new Restored(42, 1000, 35, 9, 9, 100, null, List.of()));
        assertThat(read(assigned("RestoreShards", begun, List.of(Map.of("rows", 7, "bytes", 8, "millis", 9)))))
                .as("of one shard")
                .isEqualTo(new Restored(7, 8, 9, 0, 0, 0, null, List.of()));
        assertThat(read(assigned("RestoreShards", begun, List.of())))
                .as("of an archive without data")
                .isEqualTo(new Restored(0, 0, 0, 0, 0, 0, null, List.of()));
    }

    @Test
    void whatIsLeftOutForWantOfRolesComesIntoTheReport() {
        Map<String, Object> begun = assigned("SelectBackup", null, null);
        Map<String, Object> prepared =
                assigned("Prepare", begun, Map.of("Payload", Map.of("leftOut", List.of("owner of t"))));

        assertThat(read(prepared).leftOut()).containsExactly("owner of t");
        assertThat(read(assigned("RestoreShards", prepared, List.of())).leftOut())
                .containsExactly("owner of t");
        assertThat(read(assigned("Prepare", begun, Map.of("Payload", Map.of("leftOut", List.of()))))
                        .leftOut())
                .isEmpty();
        assertThat(read(assigned("Prepare", begun, Map.of("Payload", Map.of("leftOut", List.of("a", "b")))))
                        .leftOut())
                .containsExactly("a", "b");
    }

    private static Restored read(Map<String, Object> restored) {
        return Json.read("the progress", Json.compact(restored), Restored.class);
    }

    /** What a state makes of variable restored, by its result. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> assigned(String state, Map<String, Object> restored, Object result) {
        JsonNode assign = StateMachines.named("recover-database")
                .states()
                .get(state)
                .get("Assign")
                .get("restored");
        if (assign.isObject()) {
            return Json.mapper().convertValue(assign, Map.class);
        }
        String expression = assign.textValue();
        Jsonata jsonata = Jsonata.jsonata(expression.substring(2, expression.length() - 2));
        Jsonata.Frame variables = jsonata.createFrame();
        variables.bind("restored", restored);
        variables.bind("states", Map.of("result", result));
        return (Map<String, Object>) jsonata.evaluate(null, variables);
    }

    @Test
    void theReasonOfARejectionIsTheMessageAlone() {
        String expression = StateMachines.named("recover-database")
                .states()
                .get("RejectBackup")
                .get("Assign")
                .get("rejected")
                .textValue();
        Jsonata jsonata = Jsonata.jsonata(expression.substring(2, expression.length() - 2));

        assertThat(rejected(
                        jsonata,
                        "{\"errorMessage\":\"public.users has 9 rows.\",\"errorType\":\"X\",\"stackTrace\":[]}"))
                .isEqualTo(List.of(
                        Map.of("backupId", "old", "reason", "It is cut."),
                        Map.of("backupId", "new", "reason", "Check failed with X: public.users has 9 rows.")));
        assertThat(rejected(jsonata, "The time is up"))
                .isEqualTo(List.of(
                        Map.of("backupId", "old", "reason", "It is cut."),
                        Map.of("backupId", "new", "reason", "Check failed with X: The time is up")));
    }

    /** "Error Output" of the Amazon States Language: Cause is usually there. An expression of nothing ends the execution. */
    @ParameterizedTest
    @MethodSource("files")
    void anErrorWithoutACauseIsHandledAsWell(Machine machine) {
        Map<String, Object> timedOut = Map.of("Error", "States.Timeout");
        StateMachines.expressions(machine.tree(), machine.name(), (path, expression) -> {
            if (expression.matches(".*\\$states\\.(errorOutput|input)\\.Cause.*")) {
                Jsonata jsonata = Jsonata.jsonata(expression);
                Jsonata.Frame variables = jsonata.createFrame();
                variables.bind("states", Map.of("errorOutput", timedOut, "input", timedOut));
                variables.bind("failure", Jsonata.NULL_VALUE);
                variables.bind("problems", List.of());
                assertThat(Json.compact(jsonata.evaluate(null, variables)))
                        .as(path)
                        .matches("\"\"|.*\"cause\":\"\".*");
            }
        });
    }

    private static Object rejected(Jsonata jsonata, String cause) {
        Jsonata.Frame variables = jsonata.createFrame();
        variables.bind("rejected", List.of(Map.of("backupId", "old", "reason", "It is cut.")));
        variables.bind("backup", Map.of("backupId", "new"));
        variables.bind("failure", Map.of("step", "Check", "error", "X", "cause", cause));
        return jsonata.evaluate(null, variables);
    }
}
