package dev.lifeboat.local.lambda;

import dev.lifeboat.local.process.ChildProcess;
import dev.lifeboat.local.template.FunctionResource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** One execution environment: a child JVM that handles one event at a time. */
final class LambdaProcess implements RuntimeApi.Events, AutoCloseable {
    /** Generous: a busy machine starts a JVM slowly, and the start does not count as the function's time. */
    private static final Duration START = Duration.ofMinutes(2);

    private final FunctionResource function;
    private final Function<Invocation, Fault> faults;
    private final RuntimeApi api;
    private final ChildProcess process;
    private volatile Work current;

    /** @param builder makes the command for the runtime API's address */
    LambdaProcess(
            FunctionResource function,
            Function<String, ProcessBuilder> builder,
            Consumer<String> lines,
            Function<Invocation, Fault> faults) {
        this.function = function;
        this.faults = faults;
        this.api = new RuntimeApi(this);
        this.process = ChildProcess.start(builder.apply(api.address()), lines);
        var unused = process.onExit().thenAccept(this::exited);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /**
     * Runs one event to its end. Afterwards the process may be dead.
     *
     * @throws Work.ProcessEndedException when the process ended before it took the event
     */
    Work.Answer run(Work work) throws InterruptedException {
        current = work;
        api.offer(work);
        if (!process.isAlive()) {
            exited(process.onExit().join());
        }
        try {
            work.taken.get(START.toSeconds(), TimeUnit.SECONDS);
            long left = Math.max(1, work.deadlineMillis - System.currentTimeMillis());
            return work.answer.get(left, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.kill();
            return LambdaErrors.timedOut(work.requestId, function.timeout());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Work.ProcessEndedException ended ? ended : new IllegalStateException(e);
        } finally {
            current = null;
        }
    }

    @Override
    public void handedOver(Work work) {
        work.deadlineMillis = System.currentTimeMillis() + function.timeout().toMillis();
        work.fault = faults.apply(new Invocation(function.logicalId(), work.requestId, work.payload, process.pid()));
        if (work.fault.kind() == Fault.Kind.KILL_AFTER) {
            CompletableFuture.delayedExecutor(work.fault.after().toNanos(), TimeUnit.NANOSECONDS)
                    .execute(() -> {
                        if (!work.answer.isDone()) {
                            process.kill();
                        }
                    });
        }
    }

    @Override
    public void initFailed(String error) {
        Work work = current;
        if (work != null) {
            work.processEnded(new Work.Answer(true, error));
        }
    }

    @Override
    public void killBeforeAnswer() {
        process.kill();
    }

    private void exited(int value) {
        Work work = current;
        if (work != null) {
            work.processEnded(LambdaErrors.exited(work.requestId, value));
        }
    }

    @Override
    public void close() {
        process.kill();
        process.close();
        api.close();
    }
}
