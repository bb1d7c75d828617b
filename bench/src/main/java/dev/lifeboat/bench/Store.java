package dev.lifeboat.bench;

import dev.lifeboat.aws.S3ByteSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The bucket on the local S3 server. */
final class Store implements AutoCloseable {
    static final String BUCKET = "bench";

    private final S3Client s3;

    Store(URI endpoint) {
        // As the functions build theirs, except for where and who.
        s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(3))
                        .socketTimeout(Duration.ofMinutes(5)))
                .build();
    }

    void createBucket() {
        s3.createBucket(r -> r.bucket(BUCKET));
    }

    void put(String key, Path file) {
        s3.putObject(r -> r.bucket(BUCKET).key(key), file);
    }

    S3ByteSource source(String key) {
        return new S3ByteSource(s3, BUCKET, key, null);
    }

    @Override
    public void close() {
        s3.close();
    }
}
