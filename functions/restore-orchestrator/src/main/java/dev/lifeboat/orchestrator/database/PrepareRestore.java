package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.recovery.RecoveryScope;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Makes the database beside the lost one: roles, preflight, schema. */
final class PrepareRestore {
    private static final Logger LOG = Logger.getLogger(PrepareRestore.class);
    /** A state's payload is limited. */
    private static final int MOST_LEFT_OUT = 50;

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
            List<String> leftOut = restore.leftOut();
            leftOut.forEach(each -> LOG.warnf("Left out of %s: %s", document.restoreDatabase(), each));
            String freeSpace = restore.freeSpace(document.plan());
            LOG.infof("Free space: %s", freeSpace);
            return new StepResults.Prepared(document.restoreDatabase(), loaded, shortened(leftOut), freeSpace);
        });
    }

    private static List<String> shortened(List<String> leftOut) {
        if (leftOut.size() <= MOST_LEFT_OUT) {
            return leftOut;
        }
        List<String> first = new ArrayList<>(leftOut.subList(0, MOST_LEFT_OUT));
        first.add("and " + (leftOut.size() - MOST_LEFT_OUT) + " more, which the function's log names");
        return first;
    }
}
