package dev.lifeboat.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.lambda.InvocationResult;
import dev.lifeboat.local.template.Arns;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Task states: the optimised integrations. Source: Step Functions Developer Guide, "Integrating services". */
final class TaskState {
    /** What a Task without TimeoutSeconds gets. */
    private static final long DEFAULT_TIMEOUT_SECONDS = 99_999_999;
    /** Which word of a Resource, counted from 0, is the service. */
    private static final int SERVICE = 5;

    /** How the name of a Resource ends whose Task goes on when somebody answers with its token. */
    static final String WAITING = ".waitForTaskToken";

    private final StateMachines machines;

    TaskState(StateMachines machines) {
        this.machines = machines;
    }

    JsonNode run(StateScope scope) throws InterruptedException {
        if (!scope.state.path("Resource").asText().endsWith(WAITING)) {
            return run(scope, null);
        }
        String token = machines.tokens().issue();
        scope.waitsUnder(token);
        try {
            return run(scope, token);
        } finally {
            scope.waitsUnder(null);
            machines.tokens().close(token);
        }
    }

    /** @param token null when the Task waits for nobody's answer */
    private JsonNode run(StateScope scope, String token) throws InterruptedException {
        JsonNode arguments = scope.limited(scope.field("Arguments", scope.input), "arguments");
        long seconds = scope.field("TimeoutSeconds", LongNode.valueOf(DEFAULT_TIMEOUT_SECONDS))
                .asLong();
        List<String> resource = List.of(scope.state.path("Resource").asText().split(":", -1));
        // aws-sdk:ssm:getParameter has two words for the service, states:startExecution.sync:2 two for the action.
        int actionAt = resource.get(SERVICE).equals("aws-sdk") ? SERVICE + 2 : SERVICE + 1;
        String service = String.join(":", resource.subList(SERVICE, actionAt));
        String action = String.join(":", resource.subList(actionAt, resource.size()));
        ObjectNode scheduled = what(service, action).put("region", Arns.REGION);
        scheduled.put("parameters", arguments.toString());
        if (scope.state.has("TimeoutSeconds")) {
            scheduled.put("timeoutInSeconds", seconds);
        }
        scope.branch.event("TaskScheduled", "taskScheduledEventDetails", scheduled);
        scope.branch.event("TaskStarted", "taskStartedEventDetails", what(service, action));
        try {
            JsonNode result = token == null
                    ? await(scope, service, action, arguments, seconds)
                    : answered(scope, service, action, arguments, seconds, token);
            scope.branch.event(
                    "TaskSucceeded",
                    "taskSucceededEventDetails",
                    History.withData(what(service, action), "output", result));
            return result;
        } catch (StateFailure failure) {
            boolean timedOut = failure.error().equals("States.Timeout");
            scope.branch.event(
                    timedOut ? "TaskTimedOut" : "TaskFailed",
                    timedOut ? "taskTimedOutEventDetails" : "taskFailedEventDetails",
                    what(service, action).put("error", failure.error()).put("cause", failure.cause()));
            throw failure;
        }
    }

    private static ObjectNode what(String service, String action) {
        return History.details("resourceType", service, "resource", action);
    }

    private JsonNode await(StateScope scope, String service, String action, JsonNode arguments, long seconds)
            throws InterruptedException {
        if (service.equals("states")) {
            return nested(scope, service, action, arguments, seconds);
        }
        return await(() -> call(service, arguments), seconds);
    }

    private JsonNode call(String service, JsonNode arguments) throws InterruptedException {
        return switch (service) {
            case "lambda" -> invoke(arguments);
            case "sns" -> publish(arguments);
            case "aws-sdk:ssm" ->
                machines.integrations().parameter(arguments.path("Name").asText());
            default -> throw new IllegalStateException("Definition admits no service " + service);
        };
    }

    /** The service is called as ever; the Task's result is what somebody answers, who may be faster than the service. */
    private JsonNode answered(
            StateScope scope, String service, String action, JsonNode arguments, long seconds, String token)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        JsonNode submitted = await(() -> call(service, arguments), seconds);
        scope.branch.event(
                "TaskSubmitted",
                "taskSubmittedEventDetails",
                History.withData(what(service, action), "output", submitted));
        return machines.tokens().await(token, end - System.nanoTime());
    }

    /** Stopping an execution does not stop a Lambda that runs: only the waiting for it ends. */
    private JsonNode await(Callable<JsonNode> call, long seconds) throws InterruptedException {
        Future<JsonNode> future = machines.threads().submit(call);
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw StateFailure.timeout();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StateFailure failure) {
                throw failure;
            }
            throw new StateFailure("States.Runtime", String.valueOf(e.getCause()));
        }
    }

    private JsonNode invoke(JsonNode arguments) throws InterruptedException {
        String payload = arguments.has("Payload") ? arguments.get("Payload").toString() : "{}";
        InvocationResult result =
                machines.integrations().invoke(arguments.path("FunctionName").asText(), payload);
        if (!result.succeeded()) {
            JsonNode error = parsed(result.payload());
            throw new StateFailure(error.path("errorType").asText("Lambda.Unknown"), result.payload());
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("ExecutedVersion", "1");
        answer.set("Payload", parsed(result.payload()));
        answer.putObject("SdkResponseMetadata").put("RequestId", result.requestId());
        answer.put("StatusCode", 200);
        return answer;
    }

    private static JsonNode parsed(String json) {
        try {
            return json.isEmpty()
                    ? com.fasterxml.jackson.databind.node.NullNode.getInstance()
                    : Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(json);
        }
    }

    private JsonNode publish(JsonNode arguments) {
        JsonNode message = arguments.path("Message");
        String id = machines.integrations()
                .publish(
                        arguments.path("TopicArn").asText(),
                        arguments.path("Subject").asText(null),
                        message.isTextual() ? message.asText() : message.toString());
        return JsonNodeFactory.instance.objectNode().put("MessageId", id);
    }

    /** The {@code .sync:2} form: waits for the execution; its Input and Output come as JSON, not as text. */
    private JsonNode nested(StateScope scope, String service, String action, JsonNode arguments, long seconds)
            throws InterruptedException {
        String arn;
        try {
            arn = machines.start(
                    arguments.path("StateMachineArn").asText(),
                    arguments.path("Name").asText(null),
                    arguments.has("Input") ? text(arguments.get("Input")) : "{}");
        } catch (StatesException e) {
            throw new StateFailure(
                    "StepFunctions." + e.code() + (e.code().endsWith("Exception") ? "" : "Exception"), e.getMessage());
        }
        scope.branch.event(
                "TaskSubmitted",
                "taskSubmittedEventDetails",
                what(service, action).put("output", "{\"ExecutionArn\":\"" + arn + "\"}"));
        ExecutionDescription end;
        try {
            end = machines.await(arn, seconds);
        } catch (InterruptedException e) {
            machines.stop(arn, null, "The execution that started it was stopped.");
            throw e;
        } catch (TimeoutException e) {
            machines.stop(arn, "States.Timeout", null);
            throw StateFailure.timeout();
        }
        ObjectNode description = describe(end);
        if (end.status() != ExecutionStatus.SUCCEEDED) {
            throw new StateFailure("States.TaskFailed", description.toString());
        }
        return description;
    }

    private static String text(JsonNode input) {
        return input.isTextual() ? input.asText() : input.toString();
    }

    private static ObjectNode describe(ExecutionDescription end) {
        ObjectNode description = JsonNodeFactory.instance.objectNode();
        description.put("ExecutionArn", end.arn());
        description.set("Input", parsed(end.input()));
        description.put("Name", end.name());
        if (end.output() != null) {
            description.set("Output", parsed(end.output()));
        }
        if (end.error() != null) {
            description.put("Error", end.error());
        }
        if (end.cause() != null) {
            description.put("Cause", end.cause());
        }
        description.put("StartDate", end.startedAt().toEpochMilli());
        description.put("StateMachineArn", end.machineArn());
        description.put("Status", end.status().name());
        description.put("StopDate", end.stoppedAt().toEpochMilli());
        return description;
    }
}
