package dev.lifeboat.report;

import dev.lifeboat.contract.Require;

/**
 * A newer backup that was not used.
 *
 * @param backupId which
 * @param reason why not
 * @param tried whether a restore of it was tried in vain; false when it was not even tried
 */
public record RejectedBackup(String backupId, String reason, boolean tried) {
    public RejectedBackup {
        Require.text("rejected.backupId", backupId);
        Require.text("rejected.reason", reason);
    }
}
