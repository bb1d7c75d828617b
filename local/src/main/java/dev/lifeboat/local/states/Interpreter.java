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
        machines.listener()
                .caught(
                        scope.branch.execution.arn,
                        scope.name,
                        failure.error(),
                        failure.cause(),
                        catcher.path("Next").asText());
        return leave(scope, Transitions.caught(scope, failure, catcher));
    }

    private Step execute(StateScope scope) throws InterruptedException {
        return switch (scope.type()) {
            case "Task" -> leave(scope, Transitions.succeeded(scope, tasks.run(scope)));
            case "Map" -> leave(scope, Transitions.succeeded(scope, maps.run(scope)));
            case "Parallel" -> leave(scope, Transitions.succeeded(scope, parallels.run(scope)));
            case "Choice" -> leave(scope, Transitions.chosen(scope));
            case "Wait" -> {
                machines.sleep(waiting(scope));
                yield leave(scope, Transitions.passed(scope));
            }
            case "Fail" -> throw Transitions.failed(scope);
            default -> leave(scope, Transitions.passed(scope));
        };
    }

    private Step leave(StateScope scope, Transition transition) {
        Branch branch = scope.branch;
        ObjectNode exited = History.withData(History.details("name", scope.name), "output", transition.output());
        if (transition.assigned() != null) {
            ObjectNode names = exited.putObject("assignedVariables");
            transition.assigned().properties().forEach(e -> {
                branch.variables.put(e.getKey(), e.getValue());
                names.put(e.getKey(), e.getValue().toString());
            });
        }
        branch.event(scope.type() + "StateExited", "stateExitedEventDetails", exited);
        machines.listener().stateExited(branch.execution.arn, scope.name, scope.type());
        return new Step(transition.output(), transition.next());
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
