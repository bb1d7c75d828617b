package dev.lifeboat.pgrestore;

import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * The same work over several connections to the restore database. When a call returns or fails, every worker has ended; only one that
 * is interrupted does not wait for the statements that run.
 */
final class ParallelWork {
    private final Sessions sessions;
    private final int connections;

    /** @param connections 1 or more */
    ParallelWork(Sessions sessions, int connections) {
        this.sessions = sessions;
        this.connections = connections;
    }

    boolean isParallel() {
        return connections > 1;
    }

    /** What each connection does, until there is nothing more to do. */
    interface Worker {
        /** @return false when the deadline passed before all was done */
        boolean work(Session session);
    }

    /**
     * @param name tells this work's sessions from others' of the same target
     * @param abandon tells the other workers to begin nothing more, once one has failed so: in its work, or in connecting
     * @return whether every worker came to its end
     * @throws RestoreException the first one, with the others suppressed
     */
    boolean run(String name, Worker worker, Consumer<Throwable> abandon) {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int number = 1; number <= connections; number++) {
                String own = name + " " + number;
                running.add(threads.submit(() -> work(own, worker, abandon)));
            }
            return await(running);
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean work(String name, Worker worker, Consumer<Throwable> abandon) {
        try (Session session = sessions.restoring(name)) {
            SessionSettings.hasten(session, connections);
            return worker.work(session);
        } catch (RuntimeException | Error e) {
            // After an Error, too: the others would wait for what this one had begun.
            abandon.accept(e);
            throw e;
        }
    }

    private static boolean await(List<Future<Boolean>> running) {
        boolean all = true;
        RuntimeException first = null;
        for (Future<Boolean> each : running) {
            try {
                all &= each.get();
            } catch (ExecutionException e) {
                RuntimeException failure = failure(e.getCause());
                if (first == null) {
                    first = failure;
                } else if (failure != first) {
                    first.addSuppressed(failure);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RestoreException(Kind.UNAVAILABLE, "Interrupted while connections work.", "Try again.", e);
            }
        }
        if (first != null) {
            throw first;
        }
        return all;
    }

    private static RuntimeException failure(Throwable cause) {
        return cause instanceof RestoreException known
                ? known
                : new IllegalStateException("A defect in parallel work", cause);
    }
}
