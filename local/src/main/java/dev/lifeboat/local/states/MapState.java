package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Map states. Source: Step Functions Developer Guide, "Using Map state in Inline mode", "... in Distributed mode". */
final class MapState {
    private static final int INLINE_CONCURRENCY = 40;
    private static final int DISTRIBUTED_CONCURRENCY = 1_000;

    private final StateMachines machines;
    private final Interpreter interpreter;

    MapState(StateMachines machines, Interpreter interpreter) {
        this.machines = machines;
        this.interpreter = interpreter;
    }

    JsonNode run(StateScope scope) throws InterruptedException {
        boolean distributed = MapItems.isDistributed(scope.state);
        JsonNode items = items(scope);
        int asked = scope.field("MaxConcurrency", IntNode.valueOf(0)).asInt();
        int most = distributed ? DISTRIBUTED_CONCURRENCY : INLINE_CONCURRENCY;
        int atOnce = asked == 0 ? most : Math.min(asked, most);
        Branch outer = scope.branch;
        outer.event(
                "MapStateStarted",
                "mapStateStartedEventDetails",
                JsonNodeFactory.instance.objectNode().put("length", items.size()));
        String runArn = mapRunArn(scope);
        if (distributed) {
            outer.event("MapRunStarted", "mapRunStartedEventDetails", History.details("mapRunArn", runArn));
        }
        long tolerated = MapItems.tolerated(scope.state, items.size());
        List<Fork.Ended> ends = Fork.run(
                machines.threads(),
                items.size(),
                atOnce,
                tolerated,
                index -> distributed ? child(scope, items, index) : iteration(scope, items, index));
        return result(scope, ends, tolerated, distributed);
    }

    private JsonNode items(StateScope scope) {
        if (scope.state.has("ItemReader")) {
            JsonNode reader = scope.state.get("ItemReader");
            JsonNode arguments = scope.evaluate(reader.path("Arguments"), "Arguments", scope.states(null, null));
            List<JsonNode> objects = machines.integrations()
                    .listObjects(
                            arguments.path("Bucket").asText(),
                            arguments.path("Prefix").asText(""));
            int limit = reader.path("ReaderConfig").path("MaxItems").asInt(Integer.MAX_VALUE);
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            objects.stream().limit(limit).forEach(list::add);
            return list;
        }
        return MapItems.of(scope);
    }

    private JsonNode iteration(StateScope scope, JsonNode items, int index) throws InterruptedException {
        Branch outer = scope.branch;
        var branch = new Branch(outer.execution, outer.variables, MapItems.context(items, index), outer.lastEvent);
        ObjectNode details = History.details("name", scope.name).put("index", index);
        branch.event("MapIterationStarted", "mapIterationStartedEventDetails", details);
        try {
            JsonNode output =
                    interpreter.run(scope.state.path("ItemProcessor"), MapItems.input(scope, items, index), branch);
            branch.event("MapIterationSucceeded", "mapIterationSucceededEventDetails", details);
            return output;
        } catch (StateFailure failure) {
            branch.event("MapIterationFailed", "mapIterationFailedEventDetails", details);
            throw failure;
        } catch (InterruptedException e) {
            branch.event("MapIterationAborted", "mapIterationAbortedEventDetails", details);
            throw e;
        }
    }

    /** A child workflow execution: its own history, none of the outer variables. */
    private JsonNode child(StateScope scope, JsonNode items, int index) throws InterruptedException {
        Execution parent = scope.branch.execution;
        JsonNode input = MapItems.input(scope, items, index);
        String label = scope.state.path("Label").asText(scope.name);
        String name = UUID.randomUUID().toString();
        String arn = parent.machine.arn().replace(":stateMachine:", ":execution:") + "/" + label + ":" + name;
        var child = new Execution(parent.machine, name, arn, input.toString(), input);
        return machines.runChild(
                child,
                () -> interpreter.run(scope.state.path("ItemProcessor"), input, new Branch(child, Map.of(), null, 0)));
    }

    private static String mapRunArn(StateScope scope) {
        return scope.branch.execution.arn.replace(":execution:", ":mapRun:") + "/" + scope.name;
    }

    private static JsonNode result(StateScope scope, List<Fork.Ended> ends, long tolerated, boolean distributed) {
        Branch outer = scope.branch;
        List<StateFailure> failures = ends.stream()
                .filter(end -> end != null && end.failure() != null)
                .map(Fork.Ended::failure)
                .toList();
        if (failures.size() > tolerated) {
            StateFailure failure = distributed
                    ? new StateFailure(
                            "States.ExceedToleratedFailureThreshold",
                            "The specified tolerated failure threshold was exceeded. The first failure was: "
                                    + failures.get(0).getMessage())
                    : failures.get(0);
            if (distributed) {
                outer.event(
                        "MapRunFailed",
                        "mapRunFailedEventDetails",
                        History.details("error", failure.error(), "cause", failure.cause()));
            }
            outer.event("MapStateFailed", null, null);
            throw failure;
        }
        ArrayNode outputs = JsonNodeFactory.instance.arrayNode();
        ends.stream().filter(end -> end.failure() == null).forEach(end -> outputs.add(end.output()));
        if (distributed) {
            outer.event("MapRunSucceeded", null, null);
        }
        outer.event("MapStateSucceeded", null, null);
        return outputs;
    }
}
