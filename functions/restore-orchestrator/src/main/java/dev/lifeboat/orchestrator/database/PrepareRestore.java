package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.recovery.RecoveryScope;

/** Makes the database beside the lost one: roles, preflight, schema. */
final class PrepareRestore {
    private final RestoreSession session;
    private final RestoreDocuments documents;
    private final AbandonedRestores abandoned;

    PrepareRestore(RestoreSession session, RestoreDocuments documents, AbandonedRestores abandoned) {
        this.session = session;
        this.documents = documents;
        this.abandoned = abandoned;
    }

    StepResults.Prepared prepare(RecoveryScope scope, String planKey) {
        return session.withArchive(scope, planKey, (restore, document, databases) -> {
            // A backup that was tried before has left its database; two or three of them would fill the volume.
            abandoned.drop(databases, scope, document.restoreDatabase());
            boolean loaded = restore.prepare(documents.readGlobals(document.globals()), document.plan());
            return new StepResults.Prepared(document.restoreDatabase(), loaded);
        });
    }
}
