package dev.lifeboat.testsupport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * S3 for tests: Adobe's S3Mock as a child process that listens on loopback alone. Its executable jar lies in the module's
 * {@code target/s3mock}, where the module's build copies it.
 */
public final class S3MockServer implements AutoCloseable {
    private static final Path JARS = Path.of("target", "s3mock");
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final Pattern STARTED = Pattern.compile("Tomcat started on ports? ([0-9]+) \\(http\\)");
    private static final long START_LIMIT_SECONDS = 90;
    // S3Mock opens a second connector on all interfaces and has no setting for its address; Spring lets us add this
    // bean.
    private static final String LOOPBACK_ALONE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <beans xmlns="http://www.springframework.org/schema/beans"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:schemaLocation="http://www.springframework.org/schema/beans
                    https://www.springframework.org/schema/beans/spring-beans.xsd">
              <bean class="org.springframework.beans.factory.config.MethodInvokingBean" lazy-init="false">
                <property name="targetObject" ref="httpConnector"/>
                <property name="targetMethod" value="setProperty"/>
                <property name="arguments"><list><value>address</value><value>127.0.0.1</value></list></property>
              </bean>
            </beans>
            """;

    private final Process process;
    private final Path directory;
    private final int port;

    private S3MockServer(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /** Starts one on a free port; takes about three seconds. */
    public static S3MockServer start() {
        try {
            Path directory = Files.createTempDirectory("s3mock");
            Path beans = Files.writeString(directory.resolve("loopback.xml"), LOOPBACK_ALONE);
            List<String> command = command(beans, directory);
            CompletableFuture<Process> forked = new CompletableFuture<>();
            CompletableFuture<Integer> port = new CompletableFuture<>();
            Thread parent = new Thread(() -> run(command, forked, port), "s3mock-parent");
            parent.setDaemon(true);
            parent.start();
            Process process = forked.join();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new S3MockServer(
                    process,
                    directory,
                    port.orTimeout(START_LIMIT_SECONDS, TimeUnit.SECONDS).join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code AWS_ENDPOINT_URL} names. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try (Stream<Path> files = Files.walk(directory)) {
            process.waitFor();
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Path beans, Path directory) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETPRIV)) {
            // The server ends with this JVM, however that ends.
            command.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory,
                "-jar",
                jar().toString(),
                "--spring.main.sources=file:" + beans,
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--server.ssl.enabled=false",
                "--http.port=0"));
        return command;
    }

    private static Path jar() {
        try (Stream<Path> jars = Files.list(JARS)) {
            return jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "No S3Mock below " + JARS.toAbsolutePath()
                            + ". HINT: build the module with Maven, which puts it there.",
                    e);
        }
    }

    /** Reads the server's output to its end: a full pipe would stop the server. */
    private static void run(List<String> command, CompletableFuture<Process> forked, CompletableFuture<Integer> port) {
        StringBuilder log = new StringBuilder();
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            forked.complete(process);
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher started = STARTED.matcher(line);
                    if (started.find()) {
                        port.complete(Integer.valueOf(started.group(1)));
                    } else if (!port.isDone()) {
                        log.append(line).append('\n');
                    }
                }
            }
            port.completeExceptionally(new IllegalStateException("S3Mock did not start:\n" + log));
        } catch (IOException e) {
            forked.completeExceptionally(e);
            port.completeExceptionally(e);
        }
    }
}
