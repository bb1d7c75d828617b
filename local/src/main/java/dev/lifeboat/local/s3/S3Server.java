package dev.lifeboat.local.s3;

import dev.lifeboat.local.process.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** S3Mock in a process of its own: versions, conditional writes, ranges, multipart uploads, tags. */
public final class S3Server implements AutoCloseable {
    private final ChildProcess process;
    private final URI endpoint;

    private S3Server(ChildProcess process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param server the directory that the build unpacked S3Mock's exec jar into
     * @param data where objects are kept
     * @param keys ARNs of the KMS keys that writers may name
     */
    public static S3Server start(Path server, Path data, Collection<String> keys) {
        Path unpacked = server.resolve("BOOT-INF");
        if (!Files.isDirectory(unpacked)) {
            throw new IllegalStateException("No S3 server in " + server + ". HINT: build it: mvn -DskipTests package");
        }
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + data, e);
        }
        var port = new CompletableFuture<Integer>();
        var log = new ConcurrentLinkedDeque<String>();
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                String.join(
                        File.pathSeparator,
                        own().toString(),
                        unpacked.resolve("classes").toString(),
                        unpacked.resolve("lib") + "/*"),
                S3ServerMain.class.getName(),
                "--com.adobe.testing.s3mock.store.root=" + data,
                "--com.adobe.testing.s3mock.store.valid-kms-keys=" + String.join(",", keys),
                "--com.adobe.testing.s3mock.store.retain-files-on-exit=true"));
        ChildProcess process = ChildProcess.start(builder, line -> {
            log.add(line);
            if (log.size() > 200) {
                log.poll();
            }
            if (line.startsWith(S3ServerMain.READY)) {
                port.complete(Integer.valueOf(line.substring(S3ServerMain.READY.length())));
            }
        });
        var unused = process.onExit()
                .thenAccept(exit -> port.completeExceptionally(new IOException("It exited with " + exit + ".")));
        try {
            return new S3Server(process, URI.create("http://127.0.0.1:" + port.get(2, TimeUnit.MINUTES)));
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            process.close();
            throw new IllegalStateException(
                    "The S3 server did not start. Its last lines:\n" + String.join("\n", log), e);
        }
    }

    /** Where it listens. */
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.close();
    }

    private static Path own() {
        try {
            return Path.of(S3Server.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
