package dev.lifeboat.orchestrator.report;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.recovery.Mode;
import dev.lifeboat.orchestrator.database.BackupChoice;

/**
 * What an assessment called for last, and whether it was allowed.
 *
 * @param repair what was called for
 * @param mode as it was read right before; {@code approve} where it could not be read
 * @param backup what is restored; null when nothing is to be restored
 * @param approval null when nobody was asked, or nobody has answered
 */
record Permission(Repair repair, Mode mode, BackupChoice backup, Approval approval) {
    Permission {
        Require.present("permission.repair", repair);
        Require.present("permission.mode", mode);
    }
}
