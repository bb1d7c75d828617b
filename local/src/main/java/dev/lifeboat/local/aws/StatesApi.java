package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.states.StateMachines;
import dev.lifeboat.local.states.StatesException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Step Functions. Source: AWS Step Functions API reference, the page of each action. */
final class StatesApi extends JsonService {
    private final StateMachines machines;

    StatesApi(StateMachines machines) {
        super("1.0");
        this.machines = machines;
    }

    @Override
    JsonNode call(String action, JsonNode input) {
        try {
            return switch (action) {
                case "StartExecution" -> start(input);
                case "DescribeExecution" -> describe(machines.describe(required(input, "executionArn")), true);
                case "ListExecutions" -> list(input);
                case "GetExecutionHistory" -> history(input);
                case "StopExecution" -> stop(input);
                case "SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat" -> answer(action, input);
                default -> null;
            };
        } catch (StatesException e) {
            throw ApiException.badRequest(e.code(), e.getMessage());
        }
    }

    private JsonNode start(JsonNode input) {
        String arn = machines.start(
                required(input, "stateMachineArn"),
                input.path("name").asText(null),
                input.path("input").asText("{}"));
        return object().put("executionArn", arn)
                .put("startDate", seconds(machines.describe(arn).startedAt()));
    }

    private JsonNode stop(JsonNode input) {
        ExecutionDescription end = machines.stop(
                required(input, "executionArn"),
                input.path("error").asText(null),
                input.path("cause").asText(null));
        return object().put("stopDate", seconds(end.stoppedAt()));
    }

    private JsonNode answer(String action, JsonNode input) {
        String token = required(input, "taskToken");
        switch (action) {
            case "SendTaskSuccess" -> machines.tokens().succeed(token, required(input, "output"));
            case "SendTaskFailure" ->
                machines.tokens()
                        .fail(
                                token,
                                input.path("error").asText(null),
                                input.path("cause").asText(null));
            default -> machines.tokens().heartbeat(token);
        }
        return object();
    }

    private JsonNode list(JsonNode input) {
        String machine = required(input, "stateMachineArn");
        if (!machines.knows(machine)) {
            throw ApiException.badRequest(
                    "StateMachineDoesNotExist", "State Machine Does Not Exist: '" + machine + "'");
        }
        String status = input.path("statusFilter").asText(null);
        List<ExecutionDescription> found = new ArrayList<>(machines.list().stream()
                .filter(e -> e.machineArn().equals(machine))
                .filter(e -> status == null || e.status().name().equals(status))
                .toList());
        // Sorted by time, the most recent first.
        Collections.reverse(found);
        return page(input, 100, "executions", found, e -> describe(e, false));
    }

    private JsonNode history(JsonNode input) {
        List<ObjectNode> events = new ArrayList<>(machines.history(required(input, "executionArn")));
        if (input.path("reverseOrder").asBoolean()) {
            Collections.reverse(events);
        }
        return page(input, 100, "events", events, e -> e);
    }

    /** The token is the index of the next element. */
    private static <T> JsonNode page(
            JsonNode input, int most, String field, List<T> all, Function<T, JsonNode> element) {
        int from = token(input);
        int asked = input.path("maxResults").asInt(0);
        int to = Math.min(all.size(), from + (asked == 0 ? most : Math.min(asked, 1000)));
        ObjectNode answer = object();
        ArrayNode list = answer.putArray(field);
        all.subList(Math.min(from, to), to).forEach(e -> list.add(element.apply(e)));
        if (to < all.size()) {
            answer.put("nextToken", Integer.toString(to));
        }
        return answer;
    }

    private static int token(JsonNode input) {
        try {
            return Integer.parseInt(input.path("nextToken").asText("0"));
        } catch (NumberFormatException e) {
            throw ApiException.badRequest(
                    "InvalidToken", "Invalid Token: '" + input.path("nextToken").asText() + "'");
        }
    }

    private static ObjectNode describe(ExecutionDescription e, boolean whole) {
        ObjectNode answer = object().put("executionArn", e.arn())
                .put("stateMachineArn", e.machineArn())
                .put("name", e.name())
                .put("status", e.status().name())
                .put("startDate", seconds(e.startedAt()));
        if (e.stoppedAt() != null) {
            answer.put("stopDate", seconds(e.stoppedAt()));
        }
        if (whole) {
            answer.put("input", e.input()).putObject("inputDetails").put("included", true);
            if (e.output() != null) {
                answer.put("output", e.output()).putObject("outputDetails").put("included", true);
            }
            if (e.error() != null) {
                answer.put("error", e.error());
            }
            if (e.cause() != null) {
                answer.put("cause", e.cause());
            }
        }
        return answer;
    }

    static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
