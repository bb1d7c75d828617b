package dev.lifeboat.local.scripts;

import dev.lifeboat.local.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A versioned bucket on an S3 server of its own. */
final class LocalS3 implements AutoCloseable {
    private static final Path JAR = Path.of("target", "servers", "s3mock.jar").toAbsolutePath();

    private final ChildProcess server;
    private final URI endpoint;
    private final S3Client client;
    private int buckets;
    private final Queue<String> log = new ConcurrentLinkedQueue<>();

    private LocalS3() {
        int port = freePort();
        this.endpoint = URI.create("http://127.0.0.1:" + port);
        this.server = ChildProcess.start(
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dserver.address=127.0.0.1",
                        "-Dserver.port=" + port,
                        "-Dserver.ssl.enabled=false",
                        "-Dhttp.port=0",
                        "-jar",
                        JAR.toString()),
                log::add);
        this.client = S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
        awaitServer();
    }

    private void awaitServer() {
        long deadline = System.nanoTime() + 90_000_000_000L;
        while (true) {
            try {
                client.listBuckets();
                return;
            } catch (RuntimeException e) {
                if (!server.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("The S3 server does not answer: " + String.join("\n", log), e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_MAX_ATTEMPTS", "1",
                "BACKUP_BUCKET", bucket());
    }

    S3Client client() {
        return client;
    }

    List<String> keys() {
        return client.listObjectsV2Paginator(request -> request.bucket(bucket())).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    byte[] read(String key) {
        return client.getObjectAsBytes(request -> request.bucket(bucket()).key(key))
                .asByteArray();
    }

    void put(String key, byte[] content) {
        client.putObject(request -> request.bucket(bucket()).key(key), RequestBody.fromBytes(content));
    }

    /** From now on everything is in a new, empty, versioned bucket. */
    void useNewBucket() {
        buckets++;
        client.createBucket(request -> request.bucket(bucket()));
        client.putBucketVersioning(request ->
                request.bucket(bucket()).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    }

    String bucket() {
        return "lifeboat-backups-" + buckets;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One server for all test classes of this JVM, each of which begins with an empty bucket. */
    static final class Extension implements ParameterResolver, org.junit.jupiter.api.extension.BeforeAllCallback {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LocalS3.class);

        @Override
        public void beforeAll(ExtensionContext context) {
            org.junit.jupiter.api.Assumptions.assumeTrue(
                    programIsInstalled("aws"), "The aws command is not installed (Debian: apt-get install awscli)");
            get(context).useNewBucket();
        }

        private static LocalS3 get(ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(LocalS3.class, key -> new LocalS3(), LocalS3.class);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == LocalS3.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return get(context);
        }

        private static boolean programIsInstalled(String name) {
            return java.util.Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        }
    }
}
