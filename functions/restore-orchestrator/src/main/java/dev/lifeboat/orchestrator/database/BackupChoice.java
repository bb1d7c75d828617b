package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.backup.BackupKind;
import java.time.Instant;
import java.util.List;

/**
 * The backup that will be restored.
 *
 * @param backupId which
 * @param kind which schedule wrote it
 * @param database whose backup it is
 * @param snapshotAt what was committed later is not in it: RPO counts to here
 * @param verifiedAt when it was last verified
 * @param dumpKey the archive's key
 * @param dumpVersionId the archive's S3 version, null where the bucket has none
 * @param size of the archive, in bytes
 * @param rows in all tables
 * @param passedOver newer backups that were not taken, newest first
 */
public record BackupChoice(
        String backupId,
        BackupKind kind,
        String database,
        Instant snapshotAt,
        Instant verifiedAt,
        String dumpKey,
        String dumpVersionId,
        long size,
        long rows,
        List<RejectedBackup> passedOver) {
    public BackupChoice {
        Require.text("backupId", backupId);
        Require.present("kind", kind);
        Require.text("database", database);
        Require.present("snapshotAt", snapshotAt);
        Require.present("verifiedAt", verifiedAt);
        Require.text("dumpKey", dumpKey);
        passedOver = Require.listOrEmpty(passedOver);
    }
}
