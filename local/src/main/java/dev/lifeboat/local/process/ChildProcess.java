package dev.lifeboat.local.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A process that never outlives this one: where the kernel offers it (Linux, by {@code setpriv --pdeathsig}) it is
 * killed even when this process is killed by {@code kill -9}; elsewhere a shutdown hook ends it. Standard output and
 * error are read to their end, line by line.
 */
public final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final Thread reader;

    private ChildProcess(Process process, Thread reader) {
        this.process = process;
        this.reader = reader;
    }

    /**
     * Starts it.
     *
     * @param builder command, directory and environment; its redirects are set here
     * @param lines gets every line of its standard output and error, on a thread of its own
     * @throws UncheckedIOException when the program can't be started
     */
    public static ChildProcess start(ProcessBuilder builder, Consumer<String> lines) {
        builder.redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        Process process = Spawner.start(builder);
        Thread reader = new Thread(() -> read(process, lines), "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
        return new ChildProcess(process, reader);
    }

    private static void read(Process process, Consumer<String> lines) {
        try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            // The stream breaks when the process is killed; whoever waits for it learns that from onExit().
            return;
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit value; 128 + signal when it was killed. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Kills it at once, as by {@code kill -9}. Returns before it is gone. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Kills it and waits until it is gone and its output is read. */
    @Override
    public void close() {
        process.destroyForcibly();
        Spawner.ended(process);
        try {
            process.waitFor();
            reader.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
