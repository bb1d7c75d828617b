package dev.lifeboat.pgarchive;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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
}
