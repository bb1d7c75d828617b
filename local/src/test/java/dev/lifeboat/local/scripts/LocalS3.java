package dev.lifeboat.local.scripts;

import dev.lifeboat.local.s3.S3Server;
import dev.lifeboat.testsupport.AwsCommandLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
    private final Path data;
    private final S3Server server;
    private final S3Client client;
    private int buckets;

    private LocalS3() {
        try {
            this.data = Files.createTempDirectory("lifeboat-s3-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.server = S3Server.start(Path.of("target", "s3-server").toAbsolutePath(), data, List.of());
        this.client = S3Client.builder()
                .endpointOverride(server.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", server.endpoint().toString(),
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
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One server for all test classes of this JVM, each of which begins with an empty bucket. */
    static final class Extension implements ParameterResolver, org.junit.jupiter.api.extension.BeforeAllCallback {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LocalS3.class);

        @Override
        public void beforeAll(ExtensionContext context) {
            AwsCommandLine.require();
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
    }
}
