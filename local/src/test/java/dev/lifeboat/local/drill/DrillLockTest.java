package dev.lifeboat.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DrillLockTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final StringWriter said = new StringWriter();
    private final Console console = new Console(new PrintWriter(said), false);

    @Test
    void aSecondDrillWaitsForTheFirstProcessAndSaysSo() throws Exception {
        Process first = holder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(first.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("held");
            CompletableFuture<DrillLock> second =
                    CompletableFuture.supplyAsync(() -> DrillLock.take(directory.resolve("lock"), console));
            Waiting.until(
                    "the second drill to wait", PATIENCE, () -> said.toString().contains("waiting for its end"));
            assertThat(second).isNotDone();

            first.destroyForcibly();

            second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).close();
        } finally {
            first.destroyForcibly();
        }
    }

    @Test
    void aLockThatWasFreedIsTakenAtOnce() {
        DrillLock.take(directory.resolve("lock"), console).close();
        DrillLock.take(directory.resolve("lock"), console).close();

        assertThat(said.toString()).isEmpty();
    }

    private Process holder() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.resolve("lock").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Another process with a drill in it: it holds the lock until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws InterruptedException {
            DrillLock held =
                    DrillLock.take(Path.of(arguments[0]), new Console(new PrintWriter(new StringWriter()), false));
            System.out.println("held");
            Thread.currentThread().join();
            held.close();
        }
    }
}
