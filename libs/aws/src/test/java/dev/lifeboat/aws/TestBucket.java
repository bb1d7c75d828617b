package dev.lifeboat.aws;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** A bucket of a test's own, and clients that do not retry. */
final class TestBucket {
    // Long enough for a machine that is busy: only a stall is meant to reach it.
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(5);

    final S3Client s3;
    final String name;

    private TestBucket(S3Client s3, String name) {
        this.s3 = s3;
        this.name = name;
    }

    static TestBucket versioned(URI endpoint) {
        TestBucket bucket = plain(endpoint);
        bucket.s3.putBucketVersioning(
                r -> r.bucket(bucket.name).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
        return bucket;
    }

    static TestBucket plain(URI endpoint) {
        S3Client s3 = client(endpoint);
        String name = "backups-" + UUID.randomUUID();
        s3.createBucket(r -> r.bucket(name));
        return new TestBucket(s3, name);
    }

    /** Without retries of its own, so that a test sees each fault. */
    static S3Client client(URI endpoint) {
        return builder(endpoint)
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static S3ClientBuilder builder(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(SOCKET_TIMEOUT));
    }

    /** A client that notes the class of each request. */
    S3Client recording(URI endpoint, List<String> requests) {
        ExecutionInterceptor noting = new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                requests.add(context.request().getClass().getSimpleName());
            }
        };
        return builder(endpoint)
                .overrideConfiguration(
                        o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()).addExecutionInterceptor(noting))
                .build();
    }

    /** Returns the new version's id. */
    String put(String key, byte[] content) {
        return s3.putObject(r -> r.bucket(name).key(key), RequestBody.fromBytes(content))
                .versionId();
    }
}
