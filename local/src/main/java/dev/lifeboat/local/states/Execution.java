package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/** One execution. Its end is set once, by whoever comes first: its own thread, a stop, a timeout. */
final class Execution {
    final Machine machine;
    final String name;
    final String arn;
    final String inputText;
    final JsonNode input;
    final Instant startedAt = Instant.now();
    final History history = new History();
    final CompletableFuture<ExecutionDescription> ended = new CompletableFuture<>();
    private final AtomicReference<ExecutionDescription> end = new AtomicReference<>();
    volatile Future<?> thread;

    Execution(Machine machine, String name, String arn, String inputText, JsonNode input) {
        this.machine = machine;
        this.name = name;
        this.arn = arn;
        this.inputText = inputText;
        this.input = input;
    }

    ExecutionContext context() {
        return new ExecutionContext(arn, name, input, startedAt, machine.arn(), machine.name());
    }

    ExecutionDescription describe() {
        ExecutionDescription known = end.get();
        return known != null ? known : description(ExecutionStatus.RUNNING, null, null, null, null);
    }

    /** @return false when it has ended already */
    boolean end(ExecutionStatus status, String output, String error, String cause) {
        return end.compareAndSet(null, description(status, output, error, cause, Instant.now()));
    }

    private ExecutionDescription description(
            ExecutionStatus status, String output, String error, String cause, Instant stoppedAt) {
        return new ExecutionDescription(
                arn, machine.arn(), name, status, inputText, output, error, cause, startedAt, stoppedAt);
    }
}
