package dev.lifeboat.aws;

import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * One backup in the bucket.
 *
 * @param backupId from the manifest's key
 * @param manifestKey the manifest's key
 * @param manifestVersionId the manifest's S3 version, null where the bucket has none
 * @param stored the manifest; null when it cannot be read: then {@code unusable} says why
 * @param verdict the newest on this very manifest and dump version; null when there is none
 * @param unusable why the manifest cannot be read; null when it can
 */
public record CatalogueEntry(
        String backupId,
        String manifestKey,
        String manifestVersionId,
        StoredManifest stored,
        Verdict verdict,
        String unusable) {
    private static final DateTimeFormatter IN_NAME = DateTimeFormatter.ofPattern("'backup_'yyyyMMdd'_'HHmmss");

    /** What the manifest says; null when it cannot be read. */
    public BackupManifest manifest() {
        return stored == null ? null : stored.content();
    }

    /** Whether it may be restored: the newest verdict on just this manifest and dump version is {@code verified}. */
    public boolean verified() {
        return stored != null && verdict != null && verdict.status() == VerdictStatus.VERIFIED;
    }

    static CatalogueEntry readable(StoredManifest stored) {
        return new CatalogueEntry(stored.content().backupId(), stored.key(), stored.versionId(), stored, null, null);
    }

    static CatalogueEntry unreadable(String manifestKey, String versionId, String reason) {
        return new CatalogueEntry(BucketLayout.backupId(manifestKey), manifestKey, versionId, null, null, reason);
    }

    CatalogueEntry with(Verdict newest) {
        return new CatalogueEntry(backupId, manifestKey, manifestVersionId, stored, newest, unusable);
    }

    /** When its snapshot was taken; of a backup whose manifest cannot be read, the time in its name. */
    public Instant takenAt() {
        if (stored != null) {
            return stored.content().snapshotAt();
        }
        return timeInName(backupId);
    }

    static Instant timeInName(String backupId) {
        try {
            return LocalDateTime.parse(backupId.substring(backupId.indexOf('/') + 1), IN_NAME)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            // A name like backup_20261399_000000: nobody knows, so it goes last.
            return Instant.EPOCH;
        }
    }
}
