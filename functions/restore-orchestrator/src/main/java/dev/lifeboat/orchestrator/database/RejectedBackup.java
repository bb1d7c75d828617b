package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.Require;

/**
 * A backup that is not restored.
 *
 * @param backupId which
 * @param reason why not, one sentence
 */
public record RejectedBackup(String backupId, String reason) {
    public RejectedBackup {
        Require.text("backupId", backupId);
        Require.text("reason", reason);
    }
}
