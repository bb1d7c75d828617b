package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** Parallel states. Source: Step Functions Developer Guide, "Parallel workflow state". */
final class ParallelState {
    private final StateMachines machines;
    private final Interpreter interpreter;

    ParallelState(StateMachines machines, Interpreter interpreter) {
        this.machines = machines;
        this.interpreter = interpreter;
    }

    JsonNode run(StateScope scope) throws InterruptedException {
        JsonNode input = scope.field("Arguments", scope.input);
        JsonNode branches = scope.state.path("Branches");
        Branch outer = scope.branch;
        outer.event("ParallelStateStarted", null, null);
        List<Fork.Ended> ends = Fork.run(machines.threads(), branches.size(), branches.size(), 0, index -> {
            var branch = new Branch(outer.execution, outer.variables, outer.mapContext, outer.lastEvent);
            return interpreter.run(branches.get(index), input, branch);
        });
        ArrayNode outputs = JsonNodeFactory.instance.arrayNode();
        for (Fork.Ended end : ends) {
            if (end != null && end.failure() != null) {
                outer.event("ParallelStateFailed", null, null);
                throw end.failure();
            }
        }
        ends.forEach(end -> outputs.add(end.output()));
        outer.event("ParallelStateSucceeded", null, null);
        return outputs;
    }
}
