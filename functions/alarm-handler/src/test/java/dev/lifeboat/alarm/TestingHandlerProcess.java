package dev.lifeboat.alarm;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.LifeboatException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The handler in a process of its own, as Lambda runs it: one event at a time, warm between them; it can be killed at any instant. */
final class TestingHandlerProcess implements AutoCloseable {
    private static final String FAILED = "FAILED ";

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    private TestingHandlerProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    static TestingHandlerProcess start(URI aws, URI s3, String bucket) {
        try {
            return new TestingHandlerProcess(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            TestingHandlerProcess.class.getName(),
                            aws.toString(),
                            s3.toString(),
                            bucket)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Handles one event.
     *
     * @param parameters what the names of the deployment's parameters begin with
     * @param now when that is, for the handler
     * @param event of one line
     * @return the outcome, or {@code FAILED} and why; empty when the process died of it
     */
    Optional<String> handle(String parameters, Instant now, String event) {
        try {
            in.write(parameters + " " + now + " " + event + "\n");
            in.flush();
            return Optional.ofNullable(out.readLine());
        } catch (IOException e) {
            // The pipe of a process that is dead.
            return Optional.empty();
        }
    }

    static boolean failed(String outcome) {
        return outcome.startsWith(FAILED);
    }

    /** As by {@code kill -9}; the process is gone when this returns. */
    void kill() {
        try {
            if (!process.destroyForcibly().waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("Process " + process.pid() + " does not die");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** The process: the endpoints of AWS and S3, and the bucket. */
    public static void main(String[] arguments) throws IOException {
        Map<String, AlarmServices> deployments = new HashMap<>();
        SetClock clock = new SetClock();
        BufferedReader events = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            String[] words = line.split(" ", 3);
            clock.now = Instant.parse(words[1]);
            AlarmServices services = deployments.computeIfAbsent(
                    words[0],
                    parameters -> TestingAccount.services(
                            URI.create(arguments[0]), URI.create(arguments[1]), arguments[2], clock, parameters));
            System.out.println(outcome(services, words[2]));
            System.out.flush();
        }
    }

    /** Goes by what it is told. */
    private static final class SetClock extends Clock {
        private Instant now;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static String outcome(AlarmServices services, String event) {
        try {
            return Json.compact(services.answer(TestingAccount.read(event)));
        } catch (LifeboatException e) {
            return FAILED + e.getMessage();
        }
    }
}
