package dev.lifeboat.verifier;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.aws.RepositorySecret;
import dev.lifeboat.aws.pgbackrest.PgBackRestRepository;
import dev.lifeboat.aws.pgbackrest.S3RepositoryFiles;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.lambda.AwsClients;
import dev.lifeboat.lambda.EmbeddedMetrics;
import dev.lifeboat.lambda.Fresh;
import dev.lifeboat.lambda.Notifier;
import dev.lifeboat.verifier.Verification.TimeLeft;
import dev.lifeboat.verifier.VerifierInput.ObjectReference;
import dev.lifeboat.verifier.VerifierResult.Ignored;
import dev.lifeboat.verifier.VerifierResult.Large;
import dev.lifeboat.verifier.VerifierResult.Summary;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** Decides what of an event is to be verified, and has each verdict made and made known. */
final class VerifierService {
    private static final Logger LOG = Logger.getLogger(VerifierService.class);
    /** Kept back to write the verdict in. */
    private static final int RESERVE_MILLIS = 20_000;

    private static final int REASONS_IN_RESULT = 3;

    private final BackupCatalogue catalogue;
    private final Verification verification;
    /** Of a large archive, that one function reads: a few minutes' work, so that one that is tried again costs little. */
    private static final long SLICE_BYTES = 4L << 30;

    /** And so that what it finds, of some hundred bytes for each, is a small document (SmallObjects of libs/aws). */
    private static final int SLICE_BLOCKS = 10_000;

    private final VerdictPublisher publisher;
    private final LargeBackups large;
    private final LargeVerification slices;
    private final RepositoryCheck repository;

    /**
     * Where the repository of WAL and base backups is.
     *
     * @param wanted whether there is to be one
     * @param stanza its name
     * @param secret of Secrets Manager, which holds the passphrase
     */
    record RepositorySettings(boolean wanted, String stanza, String secret) {}

    VerifierService(
            BackupCatalogue catalogue,
            Verification verification,
            VerdictPublisher publisher,
            LargeBackups large,
            LargeVerification slices,
            RepositoryCheck repository) {
        this.catalogue = catalogue;
        this.verification = verification;
        this.publisher = publisher;
        this.large = large;
        this.slices = slices;
        this.repository = repository;
    }

    static VerifierService connect(
            String bucket, String topic, String largeMachine, long largeBytes, RepositorySettings repository) {
        S3Client s3 = AwsClients.build(S3Client.builder());
        BackupCatalogue catalogue = new BackupCatalogue(s3, bucket);
        Fresh<SnsClient> sns = new Fresh<>(() -> AwsClients.build(SnsClient.builder()));
        Fresh<SfnClient> sfn = new Fresh<>(() -> AwsClients.build(SfnClient.builder()));
        ObjectCheck objects = new ObjectCheck(s3, bucket);
        Clock clock = Clock.systemUTC();
        Verification verification = new Verification(catalogue, objects, clock);
        return new VerifierService(
                catalogue,
                verification,
                new VerdictPublisher(catalogue, new Notifier(sns, topic), EmbeddedMetrics::now),
                new LargeBackups(sfn, largeMachine, largeBytes, clock),
                new LargeVerification(
                        s3, catalogue, objects, verification, clock, Math.min(SLICE_BYTES, largeBytes), SLICE_BLOCKS),
                new RepositoryCheck(
                        repository.wanted(), () -> open(s3, bucket, repository), new Journal(s3, bucket), SLICE_BYTES));
    }

    /** The passphrase is asked for each time: it shall be in no snapshot. */
    private static PgBackRestRepository open(S3Client s3, String bucket, RepositorySettings settings) {
        try (SecretsManagerClient secrets = AwsClients.build(SecretsManagerClient.builder())) {
            return new PgBackRestRepository(
                    new S3RepositoryFiles(s3, bucket, BucketLayout.REPOSITORY),
                    settings.stanza(),
                    new RepositorySecret(secrets).passphrase(settings.secret()));
        }
    }

    VerifierResult verify(VerifierInput input, Context context) {
        List<Summary> verdicts = new ArrayList<>();
        List<Large> left = new ArrayList<>();
        List<Ignored> ignored = new ArrayList<>();
        for (ObjectReference object : input.objects()) {
            String reason = whyNot(object);
            Optional<CatalogueEntry> entry = reason == null ? catalogue.entry(object.key()) : Optional.empty();
            if (entry.isPresent() && large.contain(entry.get())) {
                left.add(
                        input.startLarge()
                                ? large.start(entry.get(), input.compareWithPrevious(), object.bucket() != null)
                                : LargeBackups.leave(entry.get()));
            } else if (entry.isPresent()) {
                verdicts.add(verify(entry.get(), input.compareWithPrevious(), context));
            } else {
                ignored.add(new Ignored(
                        object.key(), reason == null ? "There is no such manifest in the bucket any more." : reason));
            }
        }
        return new VerifierResult(verdicts, left, ignored);
    }

    private String whyNot(ObjectReference object) {
        if (object.bucket() != null && !object.bucket().equals(catalogue.bucket())) {
            return "It lies in bucket " + object.bucket() + ", expected " + catalogue.bucket() + ".";
        }
        return BucketLayout.isManifest(object.key()) ? null : "It is not a manifest: only manifests fire verification.";
    }

    private Summary verify(CatalogueEntry entry, boolean compareWithPrevious, Context context) {
        return publish(entry, verification.verify(entry, compareWithPrevious, timeLeft(context)), context);
    }

    /** One step of the check of the repository. */
    Object step(RepositoryRequest request, Context context) {
        return request instanceof RepositoryRequest.Plan plan
                ? repository.plan(plan, timeLeft(context))
                : repository.verify((RepositoryRequest.VerifyPart) request, timeLeft(context));
    }

    /** One step of the machine that verifies a large backup. */
    Object step(LargeRequest request, Context context) {
        if (request instanceof LargeRequest.Plan plan) {
            return slices.plan(plan, timeLeft(context));
        }
        if (request instanceof LargeRequest.VerifySlice slice) {
            slices.verifySlice(slice, timeLeft(context));
            return Map.of("slice", slice.slice());
        }
        CatalogueEntry entry = slices.entry(request);
        return publish(entry, slices.conclude(entry, (LargeRequest.Conclude) request), context);
    }

    private static TimeLeft timeLeft(Context context) {
        return () -> {
            if (context.getRemainingTimeInMillis() < RESERVE_MILLIS) {
                throw new OutOfTimeException();
            }
        };
    }

    private Summary publish(CatalogueEntry entry, Verdict verdict, Context context) {
        String key = publisher.publish(entry, verdict, context.getFunctionName());
        LOG.infof(
                "Backup %s is %s: %d bytes in %d ms %s %s",
                verdict.backupId(),
                Words.of(verdict.status()),
                verdict.size(),
                verdict.millis(),
                verdict.reasons(),
                verdict.warnings());
        return new Summary(
                verdict.backupId(),
                verdict.status(),
                key,
                verdict.reasons().stream().limit(REASONS_IN_RESULT).toList());
    }
}
