package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.pgrestore.DatabaseRestore;
import dev.lifeboat.pgrestore.RestoreTarget;

/** Admits applications to the live database again, where a step that died or was given up has closed it. */
final class ReopenLive {
    private final RestoreSession session;

    ReopenLive(RestoreSession session) {
        this.session = session;
    }

    StepResults.LiveReopened reopen(RecoveryScope scope) {
        Target target = scope.target();
        return session.withDatabases(scope, databases -> {
            // No restore is touched, but a target has to name one.
            RestoreTarget names = RestoreSession.target(scope, target.database() + "_restore");
            new DatabaseRestore(databases, null, names).reopenLive();
            return new StepResults.LiveReopened(target.database());
        });
    }
}
