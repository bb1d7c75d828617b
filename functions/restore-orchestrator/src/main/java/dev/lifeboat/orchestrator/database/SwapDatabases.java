package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.pgrestore.CutOverResult;
import dev.lifeboat.pgrestore.UndoResult;

/** Puts the restored database in the place of the lost one, and takes that back. */
final class SwapDatabases {
    private final RestoreSession session;

    SwapDatabases(RestoreSession session) {
        this.session = session;
    }

    StepResults.CutOverDone cutOver(RecoveryScope scope, String planKey) {
        // With the archive: it holds the database's settings, privileges and comment.
        return session.withArchive(scope, planKey, (restore, document, databases) -> {
            CutOverResult result = restore.cutOver(scope.incident());
            return new StepResults.CutOverDone(
                    result.liveDatabase(), result.quarantine(), result.at(), result.rolledBack());
        });
    }

    StepResults.CutOverUndone undo(RecoveryScope scope, String planKey) {
        return session.withoutArchive(scope, planKey, (restore, document, databases) -> {
            UndoResult result = restore.undo(scope.incident());
            return new StepResults.CutOverUndone(result.liveDatabase(), result.setAside(), result.at());
        });
    }
}
