package dev.lifeboat.pgrestore;

import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work over several connections to the restore database. No thread and no connection outlives the call. */
final class ParallelWork {
    private final Sessions sessions;
    private final int connections;

    /** @param connections 1 or more */
    ParallelWork(Sessions sessions, int connections) {
        this.sessions = sessions;
        this.connections = connections;
    }

    /** What each connection does, until there is nothing more to do. */
    interface Worker {
        /** @return false when the deadline passed before all was done */
        boolean work(Session session);
    }

    /**
     * @param name tells this work's sessions from others' of the same target
     * @return whether every worker came to its end
     * @throws RestoreException the first one, with the others suppressed
     */
    boolean run(String name, Worker worker) {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int number = 1; number <= connections; number++) {
                String own = name + " " + number;
                running.add(threads.submit(() -> {
                    try (Session session = sessions.restoring(own)) {
                        SessionSettings.hasten(session, connections);
                        return worker.work(session);
                    }
                }));
            }
            return await(running);
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean await(List<Future<Boolean>> running) {
        boolean all = true;
        RestoreException first = null;
        for (Future<Boolean> each : running) {
            try {
                all &= each.get();
            } catch (ExecutionException e) {
                RestoreException failure = asRestoreException(e.getCause());
                if (first == null) {
                    first = failure;
                } else {
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

    private static RestoreException asRestoreException(Throwable cause) {
        if (cause instanceof RestoreException failure) {
            return failure;
        }
        throw new IllegalStateException("A defect in parallel work", cause);
    }
}
