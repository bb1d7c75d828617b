package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Walks through the states of a machine, a Map iteration or a Parallel branch. */
final class Interpreter {
    private final StateMachines machines;
    private final TaskState tasks;
    private final MapState maps;
    private final ParallelState parallels;

    Interpreter(StateMachines machines) {
        this.machines = machines;
        this.tasks = new TaskState(machines);
        this.maps = new MapState(machines, this);
        this.parallels = new ParallelState(machines, this);
    }

    /** What a state leads to; next is null at the end. */
    private record Step(JsonNode output, String next) {}

    /**
     * Runs a block of states to its end.
     *
     * @throws StateFailure when a state failed and nothing caught it
     * @throws InterruptedException when the execution was stopped
     */
    JsonNode run(JsonNode block, JsonNode input, Branch branch) throws InterruptedException {
        Step step = new Step(input, block.path("StartAt").asText());
        while (step.next() != null) {
            JsonNode state = block.path("States").path(step.next());
            step = enter(new StateScope(step.next(), state, step.output(), branch));
        }
        return step.output();
    }

    private Step enter(StateScope scope) throws InterruptedException {
        Branch branch = scope.branch;
        ObjectNode entered = History.withData(History.details("name", scope.name), "input", scope.input);
        branch.event(scope.type() + "StateEntered", "stateEnteredEventDetails", entered);
        machines.listener().stateEntered(branch.execution.arn, scope.name, scope.type());
        var handlers = new ErrorHandlers(scope.state);
        while (true) {
            try {
                return execute(scope);
            } catch (StateFailure failure) {
                if (failure.error().equals("States.QueryEvaluationError")) {
                    branch.event(
                            "EvaluationFailed",
                            "evaluationFailedEventDetails",
                            History.details("error", failure.error(), "cause", failure.cause(), "state", scope.name));
                }
                Optional<Duration> pause = handlers.retry(failure);
                if (pause.isEmpty()) {
                    return caught(scope, failure, handlers.catcher(failure).orElseThrow(() -> failure));
                }
                scope.retried(handlers.retries());
                machines.listener()
                        .retried(branch.execution.arn, scope.name, failure.error(), handlers.retries(), pause.get());
                machines.sleep(pause.get());
            }
        }
    }

    private Step caught(StateScope scope, StateFailure failure, JsonNode catcher) {
        ObjectNode errorOutput = History.details("Error", failure.error(), "Cause", failure.cause());
        String next = catcher.path("Next").asText();
        machines.listener().caught(scope.branch.execution.arn, scope.name, failure.error(), failure.cause(), next);
        return leave(scope, catcher, scope.states(null, errorOutput), errorOutput, next);
    }

    private Step execute(StateScope scope) throws InterruptedException {
        JsonNode state = scope.state;
        String next = state.path("Next").asText(null);
        return switch (scope.type()) {
            case "Task" -> withResult(scope, tasks.run(scope), next);
            case "Map" -> withResult(scope, maps.run(scope), next);
            case "Parallel" -> withResult(scope, parallels.run(scope), next);
            case "Choice" -> choose(scope);
            case "Wait" -> {
                machines.sleep(waiting(scope));
                yield leave(scope, state, scope.states(null, null), scope.input, next);
            }
            case "Fail" ->
                throw new StateFailure(
                        scope.field("Error", com.fasterxml.jackson.databind.node.TextNode.valueOf(""))
                                .asText(),
                        scope.field("Cause", com.fasterxml.jackson.databind.node.TextNode.valueOf(""))
                                .asText());
            default -> leave(scope, state, scope.states(null, null), scope.input, next);
        };
    }

    private Step withResult(StateScope scope, JsonNode result, String next) {
        scope.limited(result, "a result");
        return leave(scope, scope.state, scope.states(result, null), result, next);
    }

    /** Output and Assign see the same variables: those from before the state. */
    private Step leave(StateScope scope, JsonNode from, ObjectNode states, JsonNode otherwise, String next) {
        JsonNode output = from.has("Output") ? scope.evaluate(from.get("Output"), "Output", states) : otherwise;
        scope.limited(output, "a result");
        Branch branch = scope.branch;
        ObjectNode exited = History.withData(History.details("name", scope.name), "output", output);
        if (from.has("Assign")) {
            JsonNode assigned = scope.limited(scope.evaluate(from.get("Assign"), "Assign", states), "variables");
            assigned.properties().forEach(e -> branch.variables.put(e.getKey(), e.getValue()));
            ObjectNode names = exited.putObject("assignedVariables");
            assigned.properties()
                    .forEach(e -> names.put(e.getKey(), e.getValue().toString()));
        }
        branch.event(scope.type() + "StateExited", "stateExitedEventDetails", exited);
        machines.listener().stateExited(branch.execution.arn, scope.name, scope.type());
        return new Step(output, next);
    }

    private Step choose(StateScope scope) {
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

    private static Duration waiting(StateScope scope) {
        if (scope.state.has("Seconds")) {
            JsonNode seconds = scope.field("Seconds", null);
            if (!seconds.isNumber() || seconds.asDouble() < 0) {
                throw StateFailure.query("The field 'Seconds' is " + seconds + ", expected a number of at least 0.");
            }
            return Duration.ofMillis((long) (seconds.asDouble() * 1000));
        }
        String timestamp = scope.field("Timestamp", scope.input).asText();
        try {
            Duration left = Duration.between(Instant.now(), Instant.parse(timestamp));
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeParseException e) {
            throw StateFailure.query("The field 'Timestamp' is '" + timestamp + "', expected ISO-8601.");
        }
    }
}
