package dev.lifeboat.verifier;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.lambda.AwsClients;
import dev.lifeboat.lambda.EmbeddedMetrics;
import dev.lifeboat.lambda.Fresh;
import dev.lifeboat.lambda.Notifier;
import dev.lifeboat.verifier.VerifierInput.ObjectReference;
import dev.lifeboat.verifier.VerifierResult.Ignored;
import dev.lifeboat.verifier.VerifierResult.Summary;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;

/** Decides what of an event is to be verified, and has each verdict made and made known. */
final class VerifierService {
    private static final Logger LOG = Logger.getLogger(VerifierService.class);
    /** Kept back to write the verdict in. */
    private static final int RESERVE_MILLIS = 20_000;

    private static final int REASONS_IN_RESULT = 3;

    private final BackupCatalogue catalogue;
    private final Verification verification;
    private final VerdictPublisher publisher;

    VerifierService(BackupCatalogue catalogue, Verification verification, VerdictPublisher publisher) {
        this.catalogue = catalogue;
        this.verification = verification;
        this.publisher = publisher;
    }

    static VerifierService connect(String bucket, String topic) {
        S3Client s3 = AwsClients.build(S3Client.builder());
        BackupCatalogue catalogue = new BackupCatalogue(s3, bucket);
        Fresh<SnsClient> sns = new Fresh<>(() -> AwsClients.build(SnsClient.builder()));
        return new VerifierService(
                catalogue,
                new Verification(catalogue, new ObjectCheck(s3, bucket), Clock.systemUTC()),
                new VerdictPublisher(catalogue, new Notifier(sns, topic), EmbeddedMetrics::now));
    }

    VerifierResult verify(VerifierInput input, Context context) {
        List<Summary> verdicts = new ArrayList<>();
        List<Ignored> ignored = new ArrayList<>();
        for (ObjectReference object : input.objects()) {
            String reason = whyNot(object);
            Optional<CatalogueEntry> entry = reason == null ? catalogue.entry(object.key()) : Optional.empty();
            if (entry.isPresent()) {
                verdicts.add(verify(entry.get(), input.compareWithPrevious(), context));
            } else {
                ignored.add(new Ignored(
                        object.key(), reason == null ? "There is no such manifest in the bucket any more." : reason));
            }
        }
        return new VerifierResult(verdicts, ignored);
    }

    private String whyNot(ObjectReference object) {
        if (object.bucket() != null && !object.bucket().equals(catalogue.bucket())) {
            return "It lies in bucket " + object.bucket() + ", expected " + catalogue.bucket() + ".";
        }
        return BucketLayout.isManifest(object.key()) ? null : "It is not a manifest: only manifests fire verification.";
    }

    private Summary verify(CatalogueEntry entry, boolean compareWithPrevious, Context context) {
        Verdict verdict = verification.verify(entry, compareWithPrevious, () -> {
            if (context.getRemainingTimeInMillis() < RESERVE_MILLIS) {
                throw new OutOfTimeException();
            }
        });
        String key = publisher.publish(entry, verdict, context.getFunctionName());
        LOG.infof(
                "Backup %s is %s: %d bytes in %d ms %s",
                verdict.backupId(), Words.of(verdict.status()), verdict.size(), verdict.millis(), verdict.reasons());
        return new Summary(
                verdict.backupId(),
                verdict.status(),
                key,
                verdict.reasons().stream().limit(REASONS_IN_RESULT).toList());
    }
}
