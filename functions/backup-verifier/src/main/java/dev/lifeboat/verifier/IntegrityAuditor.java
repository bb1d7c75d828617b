package dev.lifeboat.verifier;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.BackupExpiry;
import dev.lifeboat.aws.BucketAccess;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.lambda.AwsClients;
import dev.lifeboat.lambda.EmbeddedMetrics;
import dev.lifeboat.lambda.Fresh;
import dev.lifeboat.lambda.JsonHandler;
import dev.lifeboat.lambda.Notifier;
import dev.lifeboat.lambda.Primed;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;

/** The Lambda function that sums up the weekly integrity check, and lets old backups go. */
@Named("IntegrityAuditor")
@Singleton
public class IntegrityAuditor extends JsonHandler<SummariseRequest> implements Primed {
    private final Fresh<IntegrityAudit> audit;
    private final String bucket;

    @Inject
    IntegrityAuditor(
            @ConfigProperty(name = "backup.bucket") String bucket,
            @ConfigProperty(name = "notification.topic.arn") String topic,
            @ConfigProperty(name = "retention.recent.days", defaultValue = "7") int recentDays,
            @ConfigProperty(name = "retention.daily.days", defaultValue = "30") int dailyDays,
            @ConfigProperty(name = "retention.kept.verified", defaultValue = "7") int keptVerified) {
        super("the IntegrityAuditor event", SummariseRequest.class);
        this.bucket = bucket;
        this.audit =
                new Fresh<>(() -> connect(bucket, topic, new RetentionPolicy(recentDays, dailyDays, keptVerified)));
    }

    @Override
    protected void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        readiness.look("bucket " + bucket, () -> {
            try (S3Client s3 = AwsClients.build(S3Client.builder())) {
                return BucketAccess.firstKey(s3, bucket, "dumps/");
            }
        });
    }

    @Override
    protected Object handle(SummariseRequest request, Context context) {
        return audit.get().summarise(request);
    }

    @Override
    public void prime() {
        // BackupVerifier, in the same zip, warms the clients of both.
        audit.discard();
    }

    private static IntegrityAudit connect(String bucket, String topic, RetentionPolicy policy) {
        Fresh<SnsClient> sns = new Fresh<>(() -> AwsClients.build(SnsClient.builder()));
        S3Client s3 = AwsClients.build(S3Client.builder());
        return new IntegrityAudit(
                new BackupCatalogue(s3, bucket),
                new Retention(policy, new BackupExpiry(s3, bucket)),
                new RepositorySummary(new Journal(s3, bucket)),
                new Notifier(sns, topic),
                EmbeddedMetrics::now,
                Clock.systemUTC());
    }
}
