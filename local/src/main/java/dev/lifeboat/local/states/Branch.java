package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** One thread of control within an execution: its variables and the last event that it wrote. */
final class Branch {
    final Execution execution;
    final Map<String, JsonNode> variables;
    /** {@code $states.context.Map}, null outside of a Map. */
    final ObjectNode mapContext;

    long lastEvent;

    Branch(Execution execution, Map<String, JsonNode> variables, ObjectNode mapContext, long lastEvent) {
        this.execution = execution;
        this.variables = new HashMap<>(variables);
        this.mapContext = mapContext;
        this.lastEvent = lastEvent;
    }

    void event(String type, String detailsField, ObjectNode details) {
        lastEvent = execution.history.add(lastEvent, type, detailsField, details);
    }
}
