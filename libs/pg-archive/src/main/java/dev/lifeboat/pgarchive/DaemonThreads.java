package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that share the work of reading one archive. */
final class DaemonThreads {
    private static final int END_SECONDS = 5;

    private DaemonThreads() {}

    /** One that does what it is given in order, and keeps no process alive. */
    static ExecutorService single(String work) {
        return of(work, 1);
    }

    /** Several of them. */
    static ExecutorService of(String work, int threads) {
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "archive " + work);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Waits for what was given to one.
     *
     * @throws IOException as the work threw it, like anything else; or when the caller is interrupted
     */
    static <T> T await(Future<T> work) throws IOException {
        try {
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("Interrupted while an archive is read");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    /** Ends them, and waits a little: a read that hangs ends by its own time limit, and whoever gives up need not wait for that. */
    static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Throws what is unchecked, and gives back what is not. */
    static IOException rethrown(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (IOException) cause;
    }
}
