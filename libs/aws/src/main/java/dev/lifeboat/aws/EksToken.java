package dev.lifeboat.aws;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

/**
 * The bearer token of an EKS cluster: a presigned {@code GetCallerIdentity} URL with the cluster's name among its signed
 * headers, which the API server sends to STS to learn who we are. Follows {@code aws eks get-token} of the AWS command
 * line and "API authorization from outside a cluster" of aws-iam-authenticator. Signing needs no network. Thread-safe.
 */
final class EksToken implements Supplier<String> {
    private static final String PREFIX = "k8s-aws-v1.";
    private static final String CLUSTER_HEADER = "x-k8s-aws-id";
    private static final Duration EXPIRES = Duration.ofSeconds(60);
    // STS takes it for 15 minutes whatever it says; what it says must hold all the same.
    private static final Duration RENEWED_AFTER = Duration.ofSeconds(40);

    private final String cluster;
    private final AwsCredentialsProvider credentials;
    private final Region region;
    private final Clock clock;
    private String token;
    private Instant signedAt;

    EksToken(String cluster, AwsCredentialsProvider credentials, Region region, Clock clock) {
        this.cluster = cluster;
        this.credentials = credentials;
        this.region = region;
        this.clock = clock;
    }

    @Override
    public synchronized String get() {
        Instant now = clock.instant();
        if (token == null || !now.isBefore(signedAt.plus(RENEWED_AFTER)) || now.isBefore(signedAt)) {
            token = sign();
            signedAt = now;
        }
        return token;
    }

    private String sign() {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(endpoint())
                .appendRawQueryParameter("Action", "GetCallerIdentity")
                .appendRawQueryParameter("Version", "2011-06-15")
                .putHeader(CLUSTER_HEADER, cluster)
                .build();
        URI url = AwsV4HttpSigner.create()
                .sign(r -> r.identity(credentials.resolveCredentials())
                        .request(request)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                        .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, EXPIRES)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                .request()
                .getUri();
        return PREFIX
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(url.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The region's own: the global one is not reachable through a VPC endpoint, and not in every partition. */
    private URI endpoint() {
        URI endpoint = StsEndpointProvider.defaultProvider()
                .resolveEndpoint(p -> p.region(region).useGlobalEndpoint(false))
                .join()
                .url();
        return URI.create(endpoint + "/");
    }
}
