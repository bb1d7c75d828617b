package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.states.ExecutionContext;
import dev.lifeboat.local.states.StateScope;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where an execution is within one block of states: a machine, a Map iteration, a Parallel branch. Immutable.
 *
 * @param machine whose block it is
 * @param block the block
 * @param state the state that was entered
 * @param input of the state
 * @param variables those that are still read
 * @param mapContext {@code $states.context.Map}, null outside of a Map
 * @param execution what the block belongs to
 * @param fork the state's iterations or branches, null when it has none
 */
record Frame(
        MachineFile machine,
        JsonNode block,
        String state,
        JsonNode input,
        SortedMap<String, JsonNode> variables,
        ObjectNode mapContext,
        ExecutionContext execution,
        Iterations fork) {
    /**
     * Iterations of a Map state or branches of a Parallel state, of which one is walked after the other: they share nothing but the world.
     *
     * @param items what the iterations are of
     * @param count of iterations
     * @param next the index of the one after that which is walked
     * @param outputs of those that ended
     * @param failed how many failed
     */
    record Iterations(JsonNode items, int count, int next, JsonNode outputs, int failed) {}

    JsonNode definition() {
        return block.path("States").path(state);
    }

    /** The values that its iterations go by, or have given. A Parallel state's branches are definitions, which hold no values. */
    List<JsonNode> iterated() {
        List<JsonNode> values = new ArrayList<>();
        if (fork != null) {
            values.add(fork.outputs());
            if (isMap()) {
                values.add(fork.items());
            }
        }
        if (mapContext != null) {
            values.add(mapContext);
        }
        return values;
    }

    private boolean isMap() {
        return definition().path("Type").asText().equals("Map");
    }

    StateScope scope() {
        return new StateScope(state, definition(), input, variables, mapContext, execution);
    }

    /** The same with other tokens. */
    Frame ranked(Ranks ranks) {
        SortedMap<String, JsonNode> values = new TreeMap<>(variables);
        values.replaceAll(ranks::of);
        Iterations iterations = fork == null
                ? null
                : new Iterations(
                        isMap() ? ranks.of("", fork.items()) : fork.items(),
                        fork.count(),
                        fork.next(),
                        ranks.of("", fork.outputs()),
                        fork.failed());
        ObjectNode context = mapContext == null ? null : (ObjectNode) ranks.of("", mapContext);
        return new Frame(machine, block, state, ranks.of("", input), values, context, execution, iterations);
    }

    Frame with(Iterations iterations) {
        return new Frame(machine, block, state, input, variables, mapContext, execution, iterations);
    }
}
