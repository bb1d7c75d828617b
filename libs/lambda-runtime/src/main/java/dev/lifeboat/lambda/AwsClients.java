package dev.lifeboat.lambda;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Builds AWS clients in the one way that suits a Lambda function: the JDK's own HTTP client (small, quick to start), short
 * timeouts, and the standard retry strategy. The adaptive one slows down a whole client after one throttled resource, which
 * a recovery cannot afford. Region, endpoint and credentials come from the standard variables.
 */
public final class AwsClients {
    /** How long a connection may take to be made. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    /** How long an open connection may be silent. */
    public static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(10);
    /** How long one call may take with all its attempts; the body of a streamed answer is not counted. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    private static final int ATTEMPTS = 4;
    // The discard port: nothing listens there, so a call fails at once and leaves no connection behind.
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    private AwsClients() {}

    /**
     * @param builder of the service's synchronous client; what it sets already is kept
     * @return the caller's, who closes it
     */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder) {
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(SOCKET_TIMEOUT))
                .overrideConfiguration(o -> o.apiCallTimeout(CALL_TIMEOUT)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()))
                .build();
    }

    /**
     * Loads and warms the classes that a call needs, before a snapshot is taken, without talking to anything: the call goes
     * to a closed port of this machine, with credentials that mean nothing.
     *
     * @param builder a fresh one
     * @param call what the function will do later; its failure is expected
     */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable>
            void prime(B builder, Consumer<C> call) {
        builder.endpointOverride(NOWHERE)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("priming", "priming")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(CONNECT_TIMEOUT))
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
        try (C client = builder.build()) {
            call.accept(client);
        } catch (SdkException expected) {
            // Nothing listens there.
        }
    }
}
