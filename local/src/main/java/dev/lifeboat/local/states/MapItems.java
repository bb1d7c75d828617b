package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the iterations of a Map state get. */
public final class MapItems {
    private MapItems() {}

    /** Whether each item is a child execution of its own. */
    public static boolean isDistributed(JsonNode state) {
        return state.path("ItemProcessor")
                .path("ProcessorConfig")
                .path("Mode")
                .asText()
                .equals("DISTRIBUTED");
    }

    /**
     * The items of a state without ItemReader.
     *
     * @throws StateFailure States.QueryEvaluationError when they are no array
     */
    public static JsonNode of(StateScope scope) {
        JsonNode items = scope.field("Items", scope.input);
        if (!items.isArray()) {
            throw StateFailure.query("The items of the Map state '" + scope.name + "' are not an array: " + items);
        }
        return items;
    }

    /** {@code $states.context.Map} of one iteration. */
    public static ObjectNode context(JsonNode items, int index) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.putObject("Item").put("Index", index).set("Value", items.get(index));
        return context;
    }

    /** What one iteration gets. */
    public static JsonNode input(StateScope scope, JsonNode items, int index) {
        if (!scope.state.has("ItemSelector")) {
            return items.get(index);
        }
        ObjectNode states = scope.states(null, null);
        ((ObjectNode) states.get("context")).set("Map", context(items, index));
        return scope.evaluate(scope.state.get("ItemSelector"), "ItemSelector", states);
    }

    /** How many iterations may fail. */
    public static long tolerated(JsonNode state, int items) {
        long byShare =
                (long) Math.floor(state.path("ToleratedFailurePercentage").asDouble(0) / 100 * items);
        return Math.max(byShare, state.path("ToleratedFailureCount").asLong(0));
    }
}
