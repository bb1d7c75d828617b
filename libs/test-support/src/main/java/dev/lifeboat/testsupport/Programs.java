package dev.lifeboat.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs child processes to their end, with both outputs read so that neither pipe can fill up. */
final class Programs {
    private static final long LIMIT_SECONDS = 300;

    private Programs() {}

    static ProgramResult run(ProcessBuilder builder, byte[] input) {
        String command = String.join(" ", builder.command());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command, e);
        }
        try {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            List<Thread> readers =
                    List.of(reader(process.getInputStream(), output), reader(process.getErrorStream(), errors));
            feed(process, input);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(command + " still runs after " + LIMIT_SECONDS + " s");
            }
            for (Thread reader : readers) {
                reader.join();
            }
            return new ProgramResult(
                    command,
                    process.exitValue(),
                    output.toString(StandardCharsets.UTF_8),
                    errors.toString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + command, e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void feed(Process process, byte[] input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            // The program ended without reading all of it: its exit code tells the story.
        }
    }

    private static Thread reader(InputStream from, ByteArrayOutputStream into) {
        Thread thread = new Thread(
                () -> {
                    try (from) {
                        from.transferTo(into);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "program-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
