package dev.lifeboat.verifier;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.aws.BucketAccess;
import dev.lifeboat.aws.RepositorySecret;
import dev.lifeboat.lambda.AwsClients;
import dev.lifeboat.lambda.Fresh;
import dev.lifeboat.lambda.JsonHandler;
import dev.lifeboat.lambda.Primed;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import dev.lifeboat.verifier.VerifierService.RepositorySettings;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** The Lambda function that verifies a backup when its manifest arrives, or when somebody asks. */
@Named("BackupVerifier")
@Singleton
public class BackupVerifier extends JsonHandler<VerifierRequest> implements Primed {
    private final Fresh<VerifierService> service;
    private final String bucket;
    private final RepositorySettings repository;

    /** What this function alone has may be lacking: the zip's other function, which starts with this one's beans, does not have it. */
    @Inject
    BackupVerifier(
            @ConfigProperty(name = "backup.bucket") String bucket,
            @ConfigProperty(name = "notification.topic.arn") String topic,
            @ConfigProperty(name = "verify.large.machine.arn") Optional<String> largeMachine,
            @ConfigProperty(name = "large.backup.bytes") Optional<Long> largeBytes,
            @ConfigProperty(name = "point.in.time") Optional<String> pointInTime,
            @ConfigProperty(name = "repository.stanza", defaultValue = "lifeboat") String stanza,
            @ConfigProperty(name = "repository.secret") Optional<String> secret) {
        super("the BackupVerifier event", VerifierRequest.class);
        this.bucket = bucket;
        // A switch that is set to anything else is no reason to look at nothing.
        this.repository = new RepositorySettings(!pointInTime.orElse("on").equals("off"), stanza, secret.orElse(""));
        this.service = new Fresh<>(() -> VerifierService.connect(
                bucket, topic, largeMachine.orElseThrow(), largeBytes.orElseThrow(), repository));
    }

    @Override
    protected VerifierRequest parse(InputStream in) {
        return VerifierInput.request(in);
    }

    @Override
    protected void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        readiness.look("bucket " + bucket, () -> {
            try (S3Client s3 = AwsClients.build(S3Client.builder())) {
                return BucketAccess.firstKey(s3, bucket, "dumps/");
            }
        });
        if (repository.wanted()) {
            readiness.look("secret " + repository.secret(), () -> {
                try (SecretsManagerClient secrets = AwsClients.build(SecretsManagerClient.builder())) {
                    return new RepositorySecret(secrets).passphrase(repository.secret());
                }
            });
        }
    }

    @Override
    protected Object handle(VerifierRequest request, Context context) {
        if (request instanceof VerifierInput input) {
            return service.get().verify(input, context);
        }
        return request instanceof RepositoryRequest step
                ? service.get().step(step, context)
                : service.get().step((LargeRequest) request, context);
    }

    @Override
    public void prime() {
        VerifierInput.read(new ByteArrayInputStream(
                "{\"action\":\"verify\",\"manifestKey\":\"none\"}".getBytes(StandardCharsets.UTF_8)));
        AwsClients.prime(
                S3Client.builder(), s3 -> s3.headObject(r -> r.bucket("priming").key("priming")));
        AwsClients.prime(
                SnsClient.builder(),
                sns -> sns.publish(r -> r.topicArn("priming").message("priming")));
        AwsClients.prime(SecretsManagerClient.builder(), secrets -> secrets.getSecretValue(r -> r.secretId("priming")));
        AwsClients.prime(SfnClient.builder(), sfn -> sfn.describeExecution(r -> r.executionArn("priming")));
        service.discard();
    }
}
