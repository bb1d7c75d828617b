package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** What the expressions of one state see: {@code $states} and the variables. */
public final class StateScope {
    /** Source: Step Functions Developer Guide, "Service quotas": 256 KiB of UTF-8. */
    static final int PAYLOAD_LIMIT = 262_144;

    final String name;
    final JsonNode state;
    final JsonNode input;
    /** Null when the state is only looked at. */
    final Branch branch;

    private final Map<String, JsonNode> variables;
    private final ObjectNode mapContext;
    private final ExecutionContext execution;
    private final Instant entered;
    private int retries;
    private String taskToken;

    StateScope(String name, JsonNode state, JsonNode input, Branch branch) {
        this.name = name;
        this.state = state;
        this.input = input;
        this.branch = branch;
        this.variables = branch.variables;
        this.mapContext = branch.mapContext;
        this.execution = branch.execution.context();
        this.entered = Instant.now();
    }

    /**
     * Of a state that nobody runs; it was entered when its execution began.
     *
     * @param name the state's name
     * @param state its definition
     * @param input its input
     * @param variables by name
     * @param mapContext {@code $states.context.Map}, null outside of a Map
     * @param execution what it belongs to
     */
    public StateScope(
            String name,
            JsonNode state,
            JsonNode input,
            Map<String, JsonNode> variables,
            ObjectNode mapContext,
            ExecutionContext execution) {
        this.name = name;
        this.state = state;
        this.input = input;
        this.branch = null;
        this.variables = variables;
        this.mapContext = mapContext;
        this.execution = execution;
        this.entered = execution.startedAt();
        this.taskToken = state.path("Resource").asText().endsWith(TaskState.WAITING) ? "token" : null;
    }

    void retried(int count) {
        retries = count;
    }

    /** From now on expressions see {@code $states.context.Task.Token}. */
    void waitsUnder(String token) {
        taskToken = token;
    }

    /** Task, Choice, ... */
    public String type() {
        return state.path("Type").asText();
    }

    /** A field's value, or the other when the state has no such field. */
    public JsonNode field(String field, JsonNode otherwise) {
        return state.has(field) ? evaluate(state.get(field), field, states(null, null)) : otherwise;
    }

    JsonNode evaluate(JsonNode template, String field, JsonNode states) {
        return Expressions.evaluate(template, field, states, variables);
    }

    ObjectNode states(JsonNode result, JsonNode errorOutput) {
        ObjectNode states = JsonNodeFactory.instance.objectNode();
        states.set("input", input);
        states.set("context", context());
        if (result != null) {
            states.set("result", result);
        }
        if (errorOutput != null) {
            states.set("errorOutput", errorOutput);
        }
        return states;
    }

    private ObjectNode context() {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        ObjectNode ofExecution = context.putObject("Execution");
        ofExecution.put("Id", execution.arn());
        ofExecution.set("Input", execution.input());
        ofExecution.put("Name", execution.name());
        ofExecution.put("StartTime", millis(execution.startedAt()));
        ofExecution.put("RedriveCount", 0);
        context.putObject("State")
                .put("EnteredTime", millis(entered))
                .put("Name", name)
                .put("RetryCount", retries);
        context.putObject("StateMachine").put("Id", execution.machineArn()).put("Name", execution.machineName());
        if (taskToken != null) {
            context.putObject("Task").put("Token", taskToken);
        }
        if (mapContext != null) {
            context.set("Map", mapContext);
        }
        return context;
    }

    private static String millis(Instant instant) {
        return java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
                .withZone(java.time.ZoneOffset.UTC)
                .format(instant);
    }

    /** @throws StateFailure States.DataLimitExceeded */
    JsonNode limited(JsonNode value, String what) {
        int size = value.toString().getBytes(StandardCharsets.UTF_8).length;
        if (size > PAYLOAD_LIMIT) {
            throw new StateFailure(
                    "States.DataLimitExceeded",
                    "The state/task '" + name + "' returned " + what
                            + " with a size exceeding the maximum number of bytes" + " service limit: " + size + " of "
                            + PAYLOAD_LIMIT + ".");
        }
        return value;
    }
}
