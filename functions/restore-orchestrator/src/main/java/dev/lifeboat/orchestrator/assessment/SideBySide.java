package dev.lifeboat.orchestrator.assessment;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Takes looks side by side, each for a limited time. One that is not back by then knows nothing, and what it says later is not heard. A
 * thread that a peer holds ends by its connection's own limits.
 *
 * @param <L> the questions
 */
public final class SideBySide<L extends Enum<L>> implements AutoCloseable {
    private final Findings<L> findings;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "assessment");
        thread.setDaemon(true);
        return thread;
    });

    /** @param findings where the answers go */
    public SideBySide(Findings<L> findings) {
        this.findings = findings;
    }

    /** Something that looks, and says by the way what others need. */
    public interface Task<L extends Enum<L>, T> {
        T look(Findings<L> findings);
    }

    /** Looks that are being taken. */
    public final class Taken<T> {
        private final Findings<L> own = findings.aside();
        private final Future<T> future;
        private final long deadline;
        private final Duration limit;
        private final T otherwise;
        private final List<L> looks;

        private Taken(Callable<T> work, Duration limit, T otherwise, List<L> looks) {
            this.limit = limit;
            this.otherwise = otherwise;
            this.looks = looks;
            this.deadline = System.nanoTime() + limit.toNanos();
            this.future = threads.submit(work);
        }

        /** What it says; when its time is up what was given for that case. Its failure is thrown. */
        public T await() {
            try {
                return future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                future.cancel(true);
                looks.forEach(look -> own.unknown(look, "No answer within " + limit.toSeconds() + " s."));
                return otherwise;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while an assessment looked", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException("A look failed unexpectedly", e.getCause());
            }
        }
    }

    /**
     * Begins to look.
     *
     * @param limit from now on
     * @param otherwise what is said when the time is up
     * @param looks that are unknown then, unless they are answered by then
     */
    public <T> Taken<T> take(Duration limit, T otherwise, List<L> looks, Task<L, T> task) {
        return new Taken<>(() -> task.look(findings.aside()), limit, otherwise, looks);
    }

    /** Begins to look, where there is nothing to say by the way. */
    public Taken<Void> take(Duration limit, List<L> looks, Consumer<Findings<L>> look) {
        return this.<Void>take(limit, null, looks, findings -> {
            look.accept(findings);
            return null;
        });
    }

    /** Leaves those alone that are still under way. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
