package dev.lifeboat.report;

import dev.lifeboat.contract.Require;
import java.util.List;

/**
 * What was restored, and from what.
 *
 * @param backup the backup that was used; null when none was chosen
 * @param rejected newer backups that were not used
 * @param progress of the backup that was restored last; null when none was
 * @param check of what was restored; null when it did not come to that
 * @param cutOver null when it did not come to that
 */
public record Restore(
        UsedBackup backup, List<RejectedBackup> rejected, Progress progress, Check check, CutOver cutOver) {
    public Restore {
        rejected = Require.listOrEmpty(rejected);
    }
}
