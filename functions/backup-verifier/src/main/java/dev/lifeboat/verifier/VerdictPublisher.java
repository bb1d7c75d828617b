package dev.lifeboat.verifier;

import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.contract.backup.TableFingerprint;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.lambda.EmbeddedMetrics;
import dev.lifeboat.lambda.EmbeddedMetrics.Unit;
import dev.lifeboat.lambda.Notifier;
import java.util.function.Supplier;

/** Makes a verdict known: to the bucket first, which the recovery reads, then to CloudWatch and to people. */
final class VerdictPublisher {
    private final BackupCatalogue catalogue;
    private final Notifier notifier;
    private final Supplier<EmbeddedMetrics> metrics;

    VerdictPublisher(BackupCatalogue catalogue, Notifier notifier, Supplier<EmbeddedMetrics> metrics) {
        this.catalogue = catalogue;
        this.notifier = notifier;
        this.metrics = metrics;
    }

    /** Returns the verdict's key. */
    String publish(CatalogueEntry entry, Verdict verdict, String functionName) {
        String key = catalogue.putVerdict(verdict);
        measure(entry, verdict);
        if (verdict.status() != VerdictStatus.VERIFIED) {
            notifier.tell(
                    "Lifeboat: backup " + verdict.backupId() + " is " + Words.of(verdict.status()),
                    message(verdict, key, functionName));
        }
        return key;
    }

    private void measure(CatalogueEntry entry, Verdict verdict) {
        String kind = verdict.backupId().substring(0, verdict.backupId().indexOf('/'));
        metrics.get()
                .dimension(
                        "Database",
                        entry.manifest() == null ? "unknown" : entry.manifest().database())
                .dimension("Kind", kind)
                .metric("BackupVerified", verdict.status() == VerdictStatus.VERIFIED ? 1 : 0, Unit.COUNT)
                .metric("BackupSizeAnomaly", verdict.status() == VerdictStatus.SUSPICIOUS ? 1 : 0, Unit.COUNT)
                .metric("BackupWarnings", verdict.warnings().size(), Unit.COUNT)
                .metric("BackupSize", verdict.size(), Unit.BYTES)
                .metric(
                        "BackupRows",
                        verdict.tables().stream()
                                .mapToLong(TableFingerprint::rows)
                                .sum(),
                        Unit.COUNT)
                .metric("VerificationTime", verdict.millis(), Unit.MILLISECONDS)
                .property("backupId", verdict.backupId())
                .property("status", Words.of(verdict.status()))
                .write();
    }

    private static String message(Verdict verdict, String key, String functionName) {
        return "Backup " + verdict.backupId() + " is " + Words.of(verdict.status())
                + ". It will not be restored by itself.\n\nWhat was found:\n- "
                + String.join("\n- ", verdict.reasons())
                + (verdict.warnings().isEmpty() ? "" : "\n\nBesides:\n- " + String.join("\n- ", verdict.warnings()))
                + "\n\nManifest: s3://" + verdict.bucket() + "/" + verdict.manifestKey()
                + "\nVerdict:  s3://" + verdict.bucket() + "/" + key
                + "\n\nWhat to do:\n" + advice(verdict, functionName) + "\n";
    }

    private static String advice(Verdict verdict, String functionName) {
        String again = "aws lambda invoke --function-name " + functionName
                + " --cli-binary-format raw-in-base64-out --payload '{\"action\":\"verify\",\"manifestKey\":\""
                + verdict.manifestKey() + "\"";
        return switch (verdict.status()) {
            case VERIFIED -> "Nothing.";
            case CORRUPT ->
                "Older verified backups stay in use. Make a new backup now (kubectl create job --from=cronjob/"
                        + "postgres-backup-recent backup-now), and find out what damaged this one: an interrupted upload, a full disk,"
                        + " or somebody who changed it.";
            case SUSPICIOUS ->
                "Look at the database: was data deleted on purpose? If so, accept the backup with\n  " + again
                        + ",\"compareWithPrevious\":false}' /dev/stdout\nIf not, stop what deletes, and recover from the backup"
                        + " before it.";
            case UNVERIFIABLE ->
                "Remove the cause that is named above, and verify again with\n  " + again + "}' /dev/stdout";
        };
    }
}
