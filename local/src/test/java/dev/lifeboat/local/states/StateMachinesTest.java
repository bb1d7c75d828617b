package dev.lifeboat.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.template.MachineResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sources: Step Functions Developer Guide, "Handling errors in Step Functions workflows", "Transforming data with
 * JSONata", "Passing data between states with variables" and the page of each state.
 */
class StateMachinesTest {
    private static final String ARN = "arn:aws:states:us-east-1:000000000000:stateMachine:m";

    @TempDir
    Path directory;

    private final FakeServices services = new FakeServices();
    private final List<String> news = new CopyOnWriteArrayList<>();
    private StateMachines machines;

    @AfterEach
    void stop() {
        if (machines != null) {
            machines.close();
        }
    }

    private ExecutionDescription run(String states, String input) throws Exception {
        define(states);
        return machines.await(machines.start(ARN, null, input), 20);
    }

    private void define(String states) throws Exception {
        Path file = directory.resolve("m.asl.json");
        Files.writeString(
                file,
                "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{" + states.replace('`', '"') + "}}");
        machines = new StateMachines(
                List.of(new MachineResource("M", "m", ARN, file, Map.of("Topic", "topic-arn"))),
                services,
                new ExecutionListener() {
                    @Override
                    public void retried(String arn, String state, String error, int retry, Duration pause) {
                        news.add(state + " retry " + retry + " after " + error + " in " + pause.toSeconds());
                    }

                    @Override
                    public void caught(String arn, String state, String error, String cause, String next) {
                        news.add(state + " caught " + error + " to " + next);
                    }
                },
                10_000);
    }

    private static String task(String function, String more) {
        return "{`Type`:`Task`,`Resource`:`arn:aws:states:::lambda:invoke`,`Arguments`:{`FunctionName`:`" + function
                + "`,`Payload`:`{% $states.input %}`},`Output`:`{% $states.result.Payload %}`" + more + "}";
    }

    private static String outputOf(ExecutionDescription end) {
        assertThat(end.status()).as(end.error() + ": " + end.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return end.output();
    }

    @Test
    void assignAndOutputSeeTheVariablesFromBeforeTheState() throws Exception {
        String output = outputOf(run(
                "`A`:{`Type`:`Pass`,`Assign`:{`x`:1,`n`:null},`Next`:`B`},"
                        + "`B`:{`Type`:`Pass`,`Assign`:{`x`:`{% $x + 1 %}`},`Output`:{`old`:`{% $x %}`},`Next`:`C`},"
                        + "`C`:{`Type`:`Succeed`,`Output`:{`new`:`{% $x %}`,`old`:`{% $states.input.old %}`,"
                        + "`none`:`{% $n %}`,`isNull`:`{% $n = null %}`,`name`:`{% $states.context.State.Name %}`,"
                        + "`in`:`{% $states.context.Execution.Input %}`}}",
                "[1,null]"));

        assertThat(output)
                .isEqualTo("{\"new\":2,\"old\":1,\"none\":null,\"isNull\":true,\"name\":\"C\",\"in\":[1,null]}");
    }

    @Test
    void anExpressionThatReturnsNothingFails() throws Exception {
        ExecutionDescription end = run("`A`:{`Type`:`Pass`,`Output`:`{% $states.input.missing %}`,`End`:true}", "{}");

        assertThat(end.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(end.cause())
                .isEqualTo("The JSONata expression '$states.input.missing' specified for the field 'Output' returned"
                        + " nothing (undefined).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$partition([1,2,3,4,5], 2) | [[1,2],[3,4],[5]]",
                "$range(0, 6, 2) | [0,2,4,6]",
                "$hash('abc', 'SHA-256') | \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"",
                "$length($uuid()) | 36",
                "$parse('{\"a\":[1,null]}') | {\"a\":[1,null]}",
                "$random(1) = $random(1) | true",
                "$states.input.list[$ > 1] | [2,3]",
                "$append([], $states.input.list[0]) | [1]",
                "$states.input.big + 1 | 5000000001",
                "1 / 4 | 0.25"
            })
    void expressionsAreJsonataWithTheFunctionsOfStepFunctions(String expression, String result) throws Exception {
        String escaped = expression.replace("\"", "\\\\\"");
        String output = outputOf(run(
                "`A`:{`Type`:`Pass`,`Output`:`{% " + escaped.replace("\\\\\"", "\\\"") + " %}`,`End`:true}",
                "{\"list\":[1,2,3],\"big\":5000000000}"));

        assertThat(output).isEqualTo(result);
    }

    @Test
    void eachRetrierCountsForItselfAndWaitsWithBackOff() throws Exception {
        services.answer("f", "error:a.X", "error:a.Y", "error:a.X", "error:a.X", "{\"ok\":true}");
        String output = outputOf(run(
                "`A`:"
                        + task(
                                "f",
                                ",`Retry`:[{`ErrorEquals`:[`a.X`],`IntervalSeconds`:2,`BackoffRate`:3,`MaxAttempts`:3,`MaxDelaySeconds`:10},"
                                        + "{`ErrorEquals`:[`States.ALL`],`IntervalSeconds`:1,`MaxAttempts`:1}],`End`:true"),
                "{}"));

        assertThat(output).isEqualTo("{\"ok\":true}");
        assertThat(news)
                .containsExactly(
                        "A retry 1 after a.X in 2",
                        "A retry 2 after a.Y in 1",
                        "A retry 3 after a.X in 6",
                        "A retry 4 after a.X in 10");
    }

    @Test
    void aUsedUpRetrierLeadsToTheFirstCatcherThatMatches() throws Exception {
        services.answer("f", "error:a.X");
        String output = outputOf(run(
                "`A`:"
                        + task(
                                "f",
                                ",`Retry`:[{`ErrorEquals`:[`a.X`],`MaxAttempts`:1}],`Catch`:["
                                        + "{`ErrorEquals`:[`a.Other`],`Next`:`C`},"
                                        + "{`ErrorEquals`:[`States.TaskFailed`],`Next`:`B`,`Assign`:{`failure`:`{% $states.errorOutput.Error %}`},"
                                        + "`Output`:{`cause`:`{% $parse($states.errorOutput.Cause).errorMessage %}`}},"
                                        + "{`ErrorEquals`:[`States.ALL`],`Next`:`C`}],`Next`:`C`")
                        + ",`B`:{`Type`:`Succeed`,`Output`:{`failure`:`{% $failure %}`,`cause`:`{% $states.input.cause %}`}},"
                        + "`C`:{`Type`:`Fail`}",
                "{}"));

        assertThat(output).isEqualTo("{\"failure\":\"a.X\",\"cause\":\"m\"}");
        assertThat(news).containsExactly("A retry 1 after a.X in 1", "A caught a.X to B");
    }

    @Test
    void aTaskThatTakesTooLongIsATimeoutWhichTaskFailedDoesNotMatch() throws Exception {
        services.answer("f", "hang");
        run(
                "`A`:"
                        + task(
                                "f",
                                ",`TimeoutSeconds`:1,`Catch`:[{`ErrorEquals`:[`States.TaskFailed`],`Next`:`B`},"
                                        + "{`ErrorEquals`:[`States.Timeout`],`Next`:`C`}],`Next`:`B`")
                        + ",`B`:{`Type`:`Fail`},`C`:{`Type`:`Succeed`}",
                "{}");

        assertThat(news).containsExactly("A caught States.Timeout to C");
    }

    @Test
    void aPayloadBeyond256KiBIsNotCaughtByAll() throws Exception {
        services.answer("f", "\"" + "x".repeat(StateScope.PAYLOAD_LIMIT) + "\"");
        ExecutionDescription end = run(
                "`A`:" + task("f", ",`Catch`:[{`ErrorEquals`:[`States.ALL`],`Next`:`B`}],`Next`:`B`")
                        + ",`B`:{`Type`:`Succeed`}",
                "{}");

        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.error()).isEqualTo("States.DataLimitExceeded");
    }

    @Test
    void anInlineMapKeepsTheOrderAndFailsWithTheFirstFailure() throws Exception {
        String map = "`A`:{`Type`:`Map`,`Items`:`{% $states.input %}`,`MaxConcurrency`:2,`ItemSelector`:"
                + "{`v`:`{% $states.context.Map.Item.Value %}`,`i`:`{% $states.context.Map.Item.Index %}`},"
                + "`ItemProcessor`:{`StartAt`:`I`,`States`:{`I`:" + task("f", ",`End`:true") + "}},`End`:true}";
        assertThat(outputOf(run(map, "[7,8,9]"))).isEqualTo("[{\"v\":7,\"i\":0},{\"v\":8,\"i\":1},{\"v\":9,\"i\":2}]");

        services.answer("f", "1", "error:a.X", "1");
        assertThat(run(map, "[7,8,9]").error()).isEqualTo("a.X");
    }

    @Test
    void aDistributedMapReadsTheBucketAndToleratesFailures() throws Exception {
        for (String key : List.of("a", "b", "c", "d")) {
            services.objects.add(JsonNodeFactory.instance.objectNode().put("Key", key));
        }
        String map = "`A`:{`Type`:`Map`,`ToleratedFailurePercentage`:25,`ItemReader`:{`Resource`:"
                + "`arn:aws:states:::s3:listObjectsV2`,`Arguments`:{`Bucket`:`b`,`Prefix`:`dumps/`}},"
                + "`ItemProcessor`:{`ProcessorConfig`:{`Mode`:`DISTRIBUTED`,`ExecutionType`:`STANDARD`},`StartAt`:`I`,"
                + "`States`:{`I`:" + task("f", ",`End`:true") + "}},`End`:true}";
        services.answer("f", "error:a.X", "1");
        assertThat(outputOf(run(map, "{}"))).isEqualTo("[1,1,1]");
        assertThat(services.payloads).contains("{\"Key\":\"a\"}", "{\"Key\":\"d\"}");
        assertThat(machines.list()).hasSize(1);

        services.answer("f", "error:a.X", "error:a.X", "1");
        assertThat(run(map, "{}").error()).isEqualTo("States.ExceedToleratedFailureThreshold");
    }

    @Test
    void branchesRunSideBySideAndTheirResultsStandInOrder() throws Exception {
        assertThat(outputOf(run(
                        "`A`:{`Type`:`Parallel`,`Branches`:[{`StartAt`:`X`,`States`:{`X`:{`Type`:`Wait`,`Seconds`:2000,`Next`:`Y`},"
                                + "`Y`:{`Type`:`Pass`,`Output`:`first`,`End`:true}}},"
                                + "{`StartAt`:`Z`,`States`:{`Z`:{`Type`:`Pass`,`Output`:`second`,`End`:true}}}],`End`:true}",
                        "{}")))
                .isEqualTo("[\"first\",\"second\"]");
    }

    @Test
    void aChoiceTakesTheFirstConditionThatHoldsAndWithoutDefaultFails() throws Exception {
        String choice = "`A`:{`Type`:`Choice`,`Choices`:[{`Condition`:`{% $states.input.n > 5 %}`,`Next`:`B`,"
                + "`Assign`:{`big`:true}}]},`B`:{`Type`:`Succeed`,`Output`:`{% $big %}`}";
        assertThat(outputOf(run(choice, "{\"n\":6}"))).isEqualTo("true");
        assertThat(run(choice, "{\"n\":5}").error()).isEqualTo("States.NoChoiceMatched");
        assertThat(run(choice.replace("$states.input.n > 5", "$states.input.n"), "{\"n\":5}")
                        .cause())
                .isEqualTo("The JSONata expression '{% $states.input.n %}' specified for the field 'Condition' returned"
                        + " 5, expected a boolean.");
    }

    @Test
    void aNestedExecutionGivesItsOutputAsJson() throws Exception {
        String states =
                "`A`:{`Type`:`Choice`,`Choices`:[{`Condition`:`{% $exists($states.input.child) %}`,`Next`:`C`}],`Default`:`B`},"
                        + "`B`:{`Type`:`Task`,`Resource`:`arn:aws:states:::states:startExecution.sync:2`,`Arguments`:{`StateMachineArn`:`"
                        + ARN
                        + "`,`Name`:`nested`,`Input`:{`child`:1}},`Output`:`{% $states.result.Output %}`,`End`:true},"
                        + "`C`:{`Type`:`Pass`,`Output`:{`came`:`{% $states.input.child %}`},`End`:true}";

        assertThat(outputOf(run(states, "{}"))).isEqualTo("{\"came\":1}");
        assertThat(machines.describe(ARN.replace("stateMachine", "execution") + ":nested")
                        .status())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void anExecutionThatIsStoppedEndsAtOnce() throws Exception {
        services.answer("f", "hang");
        define("`A`:" + task("f", ",`End`:true"));
        String arn = machines.start(ARN, "x", "{}");

        assertThat(machines.stop(arn, null, "why").status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(machines.await(arn, 5).cause()).isEqualTo("why");
        assertThatThrownBy(() -> machines.start(ARN, "a b", "{}"))
                .isInstanceOfSatisfying(
                        StatesException.class, e -> assertThat(e.code()).isEqualTo("InvalidName"));
        assertThatThrownBy(() -> machines.start(ARN, null, "{"))
                .isInstanceOfSatisfying(
                        StatesException.class, e -> assertThat(e.code()).isEqualTo("InvalidExecutionInput"));
    }

    @Test
    void theHistoryOfAMapNamesItsIterationsAndEveryEventItsPredecessor() throws Exception {
        ExecutionDescription end = run(
                "`A`:{`Type`:`Map`,`ItemProcessor`:{`StartAt`:`I`,`States`:{`I`:{`Type`:`Pass`,`End`:true}}},`End`:true}",
                "[1]");

        List<String> types = new ArrayList<>();
        for (JsonNode event : machines.history(end.arn())) {
            types.add(event.path("type").asText());
            assertThat(event.path("previousEventId").asLong())
                    .isLessThan(event.path("id").asLong());
        }
        assertThat(types)
                .containsExactly(
                        "ExecutionStarted",
                        "MapStateEntered",
                        "MapStateStarted",
                        "MapIterationStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "MapIterationSucceeded",
                        "MapStateSucceeded",
                        "MapStateExited",
                        "ExecutionSucceeded");
    }

    private static String waiting(String more) {
        return task(
                                "f",
                                ",`Catch`:[{`ErrorEquals`:[`States.ALL`],`Next`:`B`,`Output`:`{% $states.errorOutput %}`}],`Next`:`B`")
                        .replace("lambda:invoke", "lambda:invoke.waitForTaskToken")
                        .replace("{% $states.input %}", "{% {'token': $states.context.Task.Token} %}")
                        .replace("{% $states.result.Payload %}", "{% $states.result %}")
                        .replace("`Type`:`Task`", "`Type`:`Task`" + more)
                + ",`B`:{`Type`:`Succeed`}";
    }

    private String token() throws Exception {
        while (services.payloads.isEmpty()) {
            Thread.sleep(5);
        }
        return Json.mapper().readTree(services.payloads.get(0)).path("token").asText();
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatesException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aTaskGoesOnWithWhatIsAnsweredUnderItsTokenAndTakesOneAnswer() throws Exception {
        define("`A`:" + waiting(""));
        String arn = machines.start(ARN, null, "{}");
        String token = token();
        refused("InvalidOutput", () -> machines.tokens().succeed(token, "{"));
        machines.tokens().heartbeat(token);
        assertThat(machines.describe(arn).status()).isEqualTo(ExecutionStatus.RUNNING);

        machines.tokens().succeed(token, "{\"by\":\"me\"}");

        assertThat(outputOf(machines.await(arn, 20))).isEqualTo("{\"by\":\"me\"}");
        assertThat(machines.history(arn).stream()
                        .map(event -> event.path("type").asText()))
                .containsSubsequence("TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded");
        refused("TaskTimedOut", () -> machines.tokens().succeed(token, "{}"));
        refused("TaskTimedOut", () -> machines.tokens().heartbeat(token));
        String unknown = new TaskTokens().issue();
        refused("TaskDoesNotExist", () -> machines.tokens().fail(unknown, null, null));
        refused("InvalidToken", () -> machines.tokens().succeed("no token", "{}"));
    }

    @Test
    void aTaskThatIsAnsweredWithAFailureFailsAsTheAnswerSays() throws Exception {
        define("`A`:" + waiting(""));
        String arn = machines.start(ARN, null, "{}");

        machines.tokens().fail(token(), "NotApproved", "why");

        assertThat(outputOf(machines.await(arn, 20))).isEqualTo("{\"Error\":\"NotApproved\",\"Cause\":\"why\"}");
    }

    @Test
    void aTaskThatNobodyAnswersTimesOutAndItsTokenWithIt() throws Exception {
        define("`A`:" + waiting(",`TimeoutSeconds`:1"));
        String arn = machines.start(ARN, null, "{}");
        String token = token();

        assertThat(outputOf(machines.await(arn, 20))).contains("States.Timeout");
        refused("TaskTimedOut", () -> machines.tokens().succeed(token, "{}"));
    }

    @Test
    void anExecutionThatIsStoppedTakesNoAnswerAnyMore() throws Exception {
        define("`A`:" + waiting(""));
        String arn = machines.start(ARN, null, "{}");
        String token = token();

        machines.stop(arn, null, null);

        Instant patience = Instant.now().plusSeconds(10);
        while (machines.tokens().isWaiting(token) && Instant.now().isBefore(patience)) {
            Thread.sleep(5);
        }
        refused("TaskTimedOut", () -> machines.tokens().succeed(token, "{}"));
    }

    @Test
    void aParameterIsReadAsTheSdkAnswers() throws Exception {
        services.parameters.put("/p", "v");
        String read = "`A`:{`Type`:`Task`,`Resource`:`arn:aws:states:::aws-sdk:ssm:getParameter`,`Arguments`:{`Name`:"
                + "`{% $states.input %}`},`Output`:`{% $states.result.Parameter.Value %}`,`End`:true}";

        assertThat(outputOf(run(read, "\"/p\""))).isEqualTo("\"v\"");
        assertThat(run(read, "\"/other\"").error()).isEqualTo("Ssm.ParameterNotFoundException");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "`A`:{`Type`:`Activity`} | M.A has the Type 'Activity', which is not supported.",
                "`A`:{`Type`:`Pass`,`ResultPath`:`$`,`End`:true} | M.A has the field 'ResultPath', which is not supported.",
                "`A`:{`Type`:`Pass`,`Next`:`B`} | M.A.Next leads to 'B', which does not exist.",
                "`A`:{`Type`:`Pass`} | M.A needs either Next or End.",
                "`A`:{`Type`:`Pass`,`End`:true},`B`:{`Type`:`Succeed`} | M: nothing leads to the state 'B'.",
                "`A`:{`Type`:`Task`,`Resource`:`arn:aws:states:::sqs:sendMessage`,`End`:true} | M.A has the Resource 'arn:aws:states:::sqs:sendMessage', which is not supported.",
                "`A`:{`Type`:`Pass`,`Output`:`{% $eval('1') %}`,`End`:true} | M.A.Output: unknown JSONata function $eval.",
                "`A`:{`Type`:`Pass`,`Output`:`${Missing}`,`End`:true} | M: ${Missing} is not among the DefinitionSubstitutions.",
                "`A`:{`Type`:`Parallel`,`Branches`:[],`Retry`:[{`ErrorEquals`:[`States.ALL`]},{`ErrorEquals`:[`x`]}],`End`:true} | M.A.Retry: States.ALL must stand alone and last.",
                "`A`:{`Type`:`Parallel`,`Branches`:[],`Catch`:[{`ErrorEquals`:[`x`,`States.ALL`],`Next`:`A`}],`End`:true} | M.A.Catch: States.ALL must stand alone and last."
            })
    void whatIsNotPlayedIsRefusedWhenItIsRead(String states, String message) {
        assertThatThrownBy(() -> define(states))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(message);
    }

    @Test
    void theDefinitionsOfThisRepositoryAreWithinWhatIsPlayed() {
        Path root = Path.of(System.getProperty("lifeboat.root"));
        var template = dev.lifeboat.local.template.Template.read(root.resolve("template.yaml"), Map.of());
        machines = new StateMachines(template.machines().values(), services, new ExecutionListener() {}, 1);

        assertThat(template.machines().keySet())
                .contains("RecoverDatabaseMachine", "DrDrillMachine", "IntegrityCheckMachine");
    }
}
