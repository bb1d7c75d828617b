package dev.lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;

class EksClustersTest {
    private static final String PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    private final SettableClock clock = new SettableClock();
    private int status = 200;
    private String body = "";
    private HttpServer server;
    private EksClient eks;
    private EksClusters clusters;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/clusters/shop-eks", exchange -> {
            try (exchange) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        StaticCredentialsProvider credentials = StaticCredentialsProvider.create(
                AwsSessionCredentials.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "session"));
        eks = EksClient.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(credentials)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        clusters = new EksClusters(eks, credentials, Region.EU_CENTRAL_1, clock);
    }

    @AfterEach
    void stop() {
        eks.close();
        server.stop(0);
    }

    @Test
    void findsTheEndpointAndTheCertificateAuthority() {
        body = active();

        EksCluster cluster = clusters.find("shop-eks");

        assertThat(cluster.name()).isEqualTo("shop-eks");
        assertThat(cluster.endpoint()).isEqualTo("https://ABC.gr7.eu-central-1.eks.amazonaws.com");
        assertThat(cluster.certificateAuthority()).isEqualTo(PEM);
    }

    @Test
    void theTokenIsAPresignedUrlOfTheRegionsStsThatNamesTheCluster() {
        body = active();

        String token = clusters.find("shop-eks").token().get();

        assertThat(token).startsWith("k8s-aws-v1.").doesNotContain("=").doesNotContain("+");
        String url = new String(
                Base64.getUrlDecoder().decode(token.substring("k8s-aws-v1.".length())), StandardCharsets.UTF_8);
        assertThat(url)
                .startsWith("https://sts.eu-central-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&")
                .contains("X-Amz-Expires=60")
                .contains("X-Amz-SignedHeaders=host%3Bx-k8s-aws-id")
                .contains("X-Amz-Credential=AKIDEXAMPLE%2F20261123%2Feu-central-1%2Fsts%2Faws4_request")
                .contains("X-Amz-Date=20261123T120000Z")
                .contains("X-Amz-Security-Token=session")
                .containsPattern("X-Amz-Signature=[0-9a-f]{64}");
    }

    @Test
    void theTokenIsKeptWhileItIsYoungAndSignedAnewBeforeItExpires() {
        body = active();
        EksCluster cluster = clusters.find("shop-eks");
        String first = cluster.token().get();

        clock.now = clock.now.plusSeconds(39);
        assertThat(cluster.token().get()).isEqualTo(first);
        clock.now = clock.now.plusSeconds(1);
        assertThat(cluster.token().get()).isNotEqualTo(first);
    }

    @Test
    void aTokenThatSeemsToBeFromTheFutureIsSignedAnew() {
        body = active();
        EksCluster cluster = clusters.find("shop-eks");
        String first = cluster.token().get();

        clock.now = clock.now.minusSeconds(5);
        assertThat(cluster.token().get()).isNotEqualTo(first);
    }

    @Test
    void aClusterThatIsBeingMadeIsRetryable() {
        body = "{\"cluster\":{\"name\":\"shop-eks\",\"status\":\"CREATING\"}}";

        assertThatExceptionOfType(AwsUnavailableException.class)
                .isThrownBy(() -> clusters.find("shop-eks"))
                .withMessage("EKS cluster shop-eks in eu-central-1 has no endpoint yet; its status is CREATING."
                        + " HINT: Wait until 'aws eks wait cluster-active --name shop-eks' returns.");
    }

    @Test
    void aClusterThatDoesNotExistIsAMisconfiguration() {
        status = 404;
        body = "{\"__type\":\"ResourceNotFoundException\",\"message\":\"No cluster found for name: shop-eks.\"}";

        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> clusters.find("shop-eks"))
                .withMessage("There is no EKS cluster shop-eks in eu-central-1."
                        + " HINT: Correct the target's 'cluster', or the region that this function runs in.");
    }

    @Test
    void saysWhatEksCallsACluster() {
        body = active();
        assertThat(clusters.status("shop-eks")).contains("ACTIVE");

        status = 404;
        body = "{\"__type\":\"ResourceNotFoundException\",\"message\":\"No cluster found for name: shop-eks.\"}";
        assertThat(clusters.status("shop-eks")).isEmpty();

        status = 403;
        body = "{\"__type\":\"AccessDeniedException\",\"message\":\"not authorized\"}";
        assertThatExceptionOfType(MisconfiguredException.class).isThrownBy(() -> clusters.status("shop-eks"));
    }

    @Test
    void aMissingPermissionIsAMisconfiguration() {
        status = 403;
        body = "{\"__type\":\"AccessDeniedException\",\"message\":\"not authorized\"}";

        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> clusters.find("shop-eks"))
                .withMessage("Cannot describe EKS cluster shop-eks in eu-central-1: EKS answered 403"
                        + " AccessDeniedException. HINT: Allow eks:DescribeCluster in the policies of the function's"
                        + " role.");
    }

    @Test
    void aFaultOfEksIsRetryable() {
        status = 503;
        body = "{\"__type\":\"ServiceUnavailableException\"}";

        assertThatExceptionOfType(AwsUnavailableException.class)
                .isThrownBy(() -> clusters.find("shop-eks"))
                .withMessageStartingWith("Cannot describe EKS cluster shop-eks in eu-central-1: ");
    }

    private static String active() {
        return """
                {"cluster":{"name":"shop-eks","status":"ACTIVE",
                 "endpoint":"https://ABC.gr7.eu-central-1.eks.amazonaws.com",
                 "certificateAuthority":{"data":"%s"}}}""".formatted(Base64.getEncoder().encodeToString(PEM.getBytes(StandardCharsets.US_ASCII)));
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
