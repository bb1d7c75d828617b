package dev.lifeboat.contract.backup;

import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;

/**
 * One verification of one backup; every one ever made stays in the bucket.
 *
 * @param version 1
 * @param backupId as in the manifest; derived from the key when the manifest cannot be read
 * @param status how it ended
 * @param reasons why it is not {@code verified}, one sentence each, in the order found; empty when it is
 * @param warnings what a person should know of it though it changes no status, such as that it has no configuration, one sentence each
 * @param verifiedAt when the verification ended
 * @param bucket where the backup lies
 * @param manifestKey the manifest's key
 * @param manifestVersionId the manifest's S3 version, null where the bucket has none
 * @param dumpKey the archive's key, null when the manifest cannot be read
 * @param dumpVersionId the archive's S3 version, null where unknown
 * @param size of the archive as it was read, in bytes
 * @param sha256 of the archive as it was read, null when it was not read to its end
 * @param millis how long the verification took
 * @param tables of the archive as it was read, in its order
 */
public record Verdict(
        int version,
        String backupId,
        VerdictStatus status,
        List<String> reasons,
        List<String> warnings,
        Instant verifiedAt,
        String bucket,
        String manifestKey,
        String manifestVersionId,
        String dumpKey,
        String dumpVersionId,
        long size,
        String sha256,
        long millis,
        List<TableFingerprint> tables) {
    /** One without warnings. */
    public Verdict(
            int version,
            String backupId,
            VerdictStatus status,
            List<String> reasons,
            Instant verifiedAt,
            String bucket,
            String manifestKey,
            String manifestVersionId,
            String dumpKey,
            String dumpVersionId,
            long size,
            String sha256,
            long millis,
            List<TableFingerprint> tables) {
        this(
                version,
                backupId,
                status,
                reasons,
                List.of(),
                verifiedAt,
                bucket,
                manifestKey,
                manifestVersionId,
                dumpKey,
                dumpVersionId,
                size,
                sha256,
                millis,
                tables);
    }

    public Verdict {
        Require.range("version", version, 1, 1);
        Require.text("backupId", backupId);
        Require.present("status", status);
        reasons = Require.listOrEmpty(reasons);
        warnings = Require.listOrEmpty(warnings);
        Require.present("verifiedAt", verifiedAt);
        Require.text("bucket", bucket);
        Require.text("manifestKey", manifestKey);
        tables = Require.listOrEmpty(tables);
    }
}
