package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.pgrestore.Databases;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Restores of a target that were begun and will not be ended. Such a database has never been live: its name says so,
 * and a swap renames it.
 */
final class AbandonedRestores {
    private static final Logger LOG = Logger.getLogger(AbandonedRestores.class);

    /**
     * Drops them.
     *
     * @param kept the one that is not abandoned; null when all are
     * @return the names of what was dropped
     * @throws dev.lifeboat.pgrestore.RestoreException also when a newer owner has taken over
     */
    List<String> drop(Databases databases, RecoveryScope scope, String kept) {
        Pattern pattern = RestoreDatabaseName.pattern(scope.target().database());
        List<String> dropped = RestoreSession.betweenDatabases(databases, scope)
                .dropRestores(name -> pattern.matcher(name).matches() && !name.equals(kept));
        dropped.forEach(name -> LOG.infof("Database %s of an abandoned restore is dropped", name));
        return dropped;
    }
}
