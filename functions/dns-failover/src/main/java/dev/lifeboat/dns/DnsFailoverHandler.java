package dev.lifeboat.dns;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.aws.BucketAccess;
import dev.lifeboat.aws.LeaseStore;
import dev.lifeboat.lambda.AwsClients;
import dev.lifeboat.lambda.Fresh;
import dev.lifeboat.lambda.JsonHandler;
import dev.lifeboat.lambda.Primed;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The function {@code DnsFailover}: confirms where DNS records lead, repoints them, and takes that back. */
@Named("DnsFailover")
@Singleton
public class DnsFailoverHandler extends JsonHandler<DnsRequest> implements Primed {
    private final Fresh<SecretsManagerClient> secrets =
            new Fresh<>(() -> AwsClients.build(SecretsManagerClient.builder()));
    private final Fresh<S3Client> s3 = new Fresh<>(() -> AwsClients.build(S3Client.builder()));
    private final CloudflareApi api;
    private final String secret;
    private final String bucket;

    @Inject
    DnsFailoverHandler(
            @RestClient CloudflareApi api,
            @ConfigProperty(name = "cloudflare.secret") String secret,
            @ConfigProperty(name = "backup.bucket") String bucket) {
        super("the DnsFailover event", DnsRequest.class);
        this.api = api;
        this.secret = secret;
        this.bucket = bucket;
    }

    @Override
    protected String incident(DnsRequest request) {
        return request.incident();
    }

    @Override
    protected void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        readiness.look("bucket " + bucket, () -> BucketAccess.firstKey(s3.get(), bucket, "leases/"));
        boolean readable = readiness.look("secret " + secret, () -> CloudflareToken.read(secrets.get(), secret));
        if (readable && question.zone() != null) {
            String token = CloudflareToken.read(secrets.get(), secret);
            readiness.look("zone " + question.zone(), () -> Zone.find(api, calls(), token, question.zone()));
        }
    }

    private static CloudflareCalls calls() {
        return new CloudflareCalls(wait -> Thread.sleep(wait.toMillis()));
    }

    @Override
    protected Object handle(DnsRequest request, Context context) {
        DnsRequest.Lease lease = request.lease();
        if (request instanceof DnsRequest.Ensure ensure) {
            return failover(() -> LeaseStore.requireHeld(s3.get(), bucket, lease.target(), lease.token()))
                    .ensure(ensure);
        }
        if (request instanceof DnsRequest.Undo undo) {
            return failover(() -> LeaseStore.requireNewest(s3.get(), bucket, lease.target(), lease.token()))
                    .undo(undo);
        }
        throw new IllegalStateException("No action for " + request.getClass());
    }

    private Failover failover(Runnable lease) {
        return new Failover(api, calls(), CloudflareToken.read(secrets.get(), secret), lease);
    }

    @Override
    public void prime() {
        AwsClients.prime(
                S3Client.builder(),
                (S3Client client) -> client.getObject(r -> r.bucket("priming").key("priming")));
        AwsClients.prime(
                SecretsManagerClient.builder(),
                (SecretsManagerClient client) -> client.getSecretValue(r -> r.secretId("priming")));
        secrets.discard();
        s3.discard();
    }
}
