package dev.lifeboat.local.lambda;

import dev.lifeboat.local.template.FunctionResource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The processes of one function: one for each event that is handled at the same time, kept warm between events. */
final class FunctionPool implements AutoCloseable {
    private final FunctionResource function;
    private final Supplier<LambdaProcess> starter;
    private final ConcurrentLinkedDeque<LambdaProcess> idle = new ConcurrentLinkedDeque<>();
    private final Set<LambdaProcess> all = ConcurrentHashMap.newKeySet();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile boolean closed;

    FunctionPool(FunctionResource function, Supplier<LambdaProcess> starter) {
        this.function = function;
        this.starter = starter;
    }

    FunctionResource function() {
        return function;
    }

    /** How many events are handled now. */
    int underWay() {
        return busy.get();
    }

    /**
     * Handles one event.
     *
     * @throws TooManyRequestsException when the reserved concurrency is used up
     */
    Work.Answer run(Supplier<Work> event) throws InterruptedException {
        if (busy.incrementAndGet() > function.reservedConcurrency().orElse(Integer.MAX_VALUE)) {
            busy.decrementAndGet();
            throw new TooManyRequestsException();
        }
        try {
            return runWarmOrFresh(event);
        } finally {
            busy.decrementAndGet();
        }
    }

    private Work.Answer runWarmOrFresh(Supplier<Work> event) throws InterruptedException {
        for (LambdaProcess warm = idle.pollFirst(); warm != null; warm = idle.pollFirst()) {
            try {
                if (warm.isAlive()) {
                    return runOn(warm, event.get());
                }
                discard(warm);
            } catch (Work.ProcessEndedException e) {
                // It died idle: nobody's event is lost, another process takes it.
                discard(warm);
            }
        }
        LambdaProcess fresh = start();
        try {
            return runOn(fresh, event.get());
        } catch (Work.ProcessEndedException e) {
            discard(fresh);
            return e.how();
        }
    }

    private LambdaProcess start() {
        LambdaProcess process = starter.get();
        all.add(process);
        if (closed) {
            process.close();
        }
        return process;
    }

    private Work.Answer runOn(LambdaProcess process, Work work) throws InterruptedException {
        Work.Answer answer;
        try {
            answer = process.run(work);
        } catch (InterruptedException e) {
            discard(process);
            throw e;
        }
        boolean diedOfIt = answer.failed()
                && (answer.payload().contains("\"Runtime.ExitError\"")
                        || answer.payload().contains("\"Sandbox.Timedout\""));
        if (diedOfIt || !process.isAlive()) {
            discard(process);
        } else {
            idle.addFirst(process);
        }
        return answer;
    }

    private void discard(LambdaProcess process) {
        all.remove(process);
        process.close();
    }

    @Override
    public void close() {
        closed = true;
        all.forEach(LambdaProcess::close);
        all.clear();
    }

    /** Lambda answered 429. */
    static final class TooManyRequestsException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
