package dev.lifeboat.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The server's process. A thread of its own starts it and lives as long as it does: the kernel's parent-death signal
 * belongs to the thread that forked, so the server ends with the JVM, however that ends, and not before.
 */
final class ServerProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** Something that fails with an SQLException until the server is ready. */
    interface Attempt {
        void run() throws SQLException;
    }

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ServerProcess start(List<String> command, Path log) {
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread parent = new Thread(
                () -> {
                    try {
                        ProcessBuilder builder = new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
                        builder.directory(log.getParent().toFile());
                        Process process = builder.start();
                        started.complete(process);
                        process.waitFor();
                    } catch (IOException | InterruptedException e) {
                        started.completeExceptionally(e);
                    }
                },
                "server-parent");
        parent.setDaemon(true);
        parent.start();
        return new ServerProcess(started.join(), log);
    }

    void awaitReady(Attempt attempt) {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                attempt.run();
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("PostgreSQL did not start:\n" + log(), e);
                }
                pause();
            }
        }
    }

    /** @param signal as kill takes it: Process has only TERM and KILL */
    void signal(String signal) {
        Programs.run(new ProcessBuilder("kill", signal, Long.toString(process.pid())), new byte[0]);
    }

    /** Ends the server at once, as a crash would. */
    void stop() {
        // SIGQUIT is PostgreSQL's immediate shutdown, which takes its children along.
        signal("-QUIT");
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it with SIGKILL. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it has printed. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a server started", e);
        }
    }
}
