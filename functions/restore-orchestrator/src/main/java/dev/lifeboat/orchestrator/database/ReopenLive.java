package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.recovery.RecoveryScope;

/** Admits applications to the live database again, where a step that died or was given up has closed it. */
final class ReopenLive {
    private final RestoreSession session;

    ReopenLive(RestoreSession session) {
        this.session = session;
    }

    StepResults.LiveReopened reopen(RecoveryScope scope) {
        return session.withDatabases(scope, databases -> {
            RestoreSession.betweenDatabases(databases, scope).reopenLive();
            return new StepResults.LiveReopened(scope.target().database());
        });
    }
}
