package dev.lifeboat.report;

import dev.lifeboat.contract.Require;
import java.time.Instant;

/**
 * The backup that was restored, or would have been.
 *
 * @param backupId which
 * @param snapshotAt what was committed later is not in it
 * @param verifiedAt when it was last verified
 * @param key the archive's key in the bucket
 * @param size of the archive, in bytes
 * @param rows in all its tables
 */
public record UsedBackup(String backupId, Instant snapshotAt, Instant verifiedAt, String key, long size, long rows) {
    public UsedBackup {
        Require.text("backup.backupId", backupId);
        Require.present("backup.snapshotAt", snapshotAt);
    }
}
