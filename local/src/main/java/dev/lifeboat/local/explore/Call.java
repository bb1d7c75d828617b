package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.JsonNode;

/** What a Task asks for. Two calls that ask for the same are the same object. */
final class Call {
    private final String machine;
    private final String state;
    private final String function;
    private final String action;
    private final JsonNode payload;

    /**
     * @param machine who calls
     * @param state in which state
     * @param function the Lambda function's name in {@code template.yaml}, or the AWS service
     * @param action the payload's action, or the service's
     * @param payload the payload, or the service's arguments
     */
    Call(String machine, String state, String function, String action, JsonNode payload) {
        this.machine = machine;
        this.state = state;
        this.function = function;
        this.action = action;
        this.payload = payload;
    }

    /** The same with another token. */
    Call ranked(Ranks ranks) {
        return new Call(machine, state, function, action, ranks.of("", payload));
    }

    String machine() {
        return machine;
    }

    String state() {
        return state;
    }

    String function() {
        return function;
    }

    String action() {
        return action;
    }

    JsonNode payload() {
        return payload;
    }

    /** The caller's fencing token, 0 when it sends none. Of an execution that it starts, that which it hands on. */
    long token() {
        JsonNode sent = sent();
        return sent.path(sent.has("lease") ? "lease" : "scope").path("token").asLong(0);
    }

    /** What is asked, or the input of an execution that it starts. */
    private JsonNode sent() {
        return payload.has("Input") ? payload.path("Input") : payload;
    }

    String incident() {
        JsonNode sent = sent();
        return (sent.has("scope") ? sent.path("scope") : sent).path("incident").asText();
    }

    boolean flag(String field) {
        return sent().path(field).asBoolean();
    }

    String text(String field) {
        return payload.path(field).asText();
    }

    String name() {
        return function + " " + action;
    }
}
