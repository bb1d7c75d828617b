package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that share the work of reading one archive. */
final class DaemonThreads {
    private DaemonThreads() {}

    /** One that does what it is given in order, and keeps no process alive. */
    static ExecutorService single(String work) {
        return Executors.newSingleThreadExecutor(task -> {
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

    private static IOException rethrown(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (IOException) cause;
    }
}
