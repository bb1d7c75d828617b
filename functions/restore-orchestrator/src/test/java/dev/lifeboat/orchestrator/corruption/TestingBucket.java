package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.testsupport.S3MockServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of a test's own. */
final class TestingBucket implements AutoCloseable {
    final String name = "backups-" + UUID.randomUUID();
    final S3Client s3;

    TestingBucket(S3MockServer server) {
        s3 = S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        try {
            s3.createBucket(r -> r.bucket(name));
        } catch (BucketAlreadyOwnedByYouException e) {
            // On a slow machine the client asks twice, and the first request has made it.
            assert e.statusCode() == 409;
        }
    }

    List<String> keys(String prefix) {
        return s3.listObjectsV2(r -> r.bucket(name).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    String text(String key) {
        return s3.getObjectAsBytes(r -> r.bucket(name).key(key)).asString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        s3.close();
    }
}
