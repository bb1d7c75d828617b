package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * What a state makes of what happened in it. Nothing here changes or waits for anything, so that the runner and whoever explores a machine
 * share it. Every method throws {@link StateFailure} when an expression does, or when what comes of it is too large.
 */
public final class Transitions {
    private Transitions() {}

    /** Of a Task, Map or Parallel state that came to a result. */
    public static Transition succeeded(StateScope scope, JsonNode result) {
        scope.limited(result, "a result");
        return leave(scope, scope.state, scope.states(result, null), result, next(scope));
    }

    /** Of a state whose failure was caught. */
    public static Transition caught(StateScope scope, StateFailure failure, JsonNode catcher) {
        ObjectNode errorOutput = History.details("Error", failure.error(), "Cause", failure.cause());
        return leave(
                scope,
                catcher,
                scope.states(null, errorOutput),
                errorOutput,
                catcher.path("Next").asText());
    }

    /** Of a Pass, Wait or Succeed state. */
    public static Transition passed(StateScope scope) {
        return leave(scope, scope.state, scope.states(null, null), scope.input, next(scope));
    }

    /** Of a Choice state: the first condition that holds. */
    public static Transition chosen(StateScope scope) {
        ObjectNode states = scope.states(null, null);
        for (JsonNode choice : scope.state.path("Choices")) {
            JsonNode holds = scope.evaluate(choice.path("Condition"), "Condition", states);
            if (!holds.isBoolean()) {
                throw StateFailure.query("The JSONata expression '"
                        + choice.path("Condition").asText() + "' specified for the field 'Condition' returned "
                        + holds + ", expected a boolean.");
            }
            if (holds.booleanValue()) {
                return leave(
                        scope, choice, states, scope.input, choice.path("Next").asText());
            }
        }
        if (!scope.state.has("Default")) {
            throw new StateFailure("States.NoChoiceMatched", "No choice of '" + scope.name + "' matched.");
        }
        return leave(
                scope,
                scope.state,
                states,
                scope.input,
                scope.state.path("Default").asText());
    }

    /** What a Fail state fails with. */
    public static StateFailure failed(StateScope scope) {
        TextNode nothing = TextNode.valueOf("");
        return new StateFailure(
                scope.field("Error", nothing).asText(),
                scope.field("Cause", nothing).asText());
    }

    private static String next(StateScope scope) {
        return scope.state.path("Next").asText(null);
    }

    /** Output and Assign see the same variables: those from before the state. */
    private static Transition leave(
            StateScope scope, JsonNode from, ObjectNode states, JsonNode otherwise, String next) {
        JsonNode output = from.has("Output") ? scope.evaluate(from.get("Output"), "Output", states) : otherwise;
        scope.limited(output, "a result");
        ObjectNode assigned = from.has("Assign")
                ? (ObjectNode) scope.limited(scope.evaluate(from.get("Assign"), "Assign", states), "variables")
                : null;
        return new Transition(output, assigned, next);
    }
}
