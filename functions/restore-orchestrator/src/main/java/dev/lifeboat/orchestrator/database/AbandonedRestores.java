package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.error.DatabaseRefusedException;
import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.connection.SqlState;
import dev.lifeboat.pgrestore.Databases;
import dev.lifeboat.pgrestore.FencingTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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
     */
    List<String> drop(Databases databases, RecoveryScope scope, String kept) {
        // From here on whoever acts for an older owner is refused, so no database of a newer one can be among them.
        FencingTable.raise(databases, scope.target().name(), scope.token());
        try (Connection connection = databases.connect("postgres");
                Statement statement = connection.createStatement()) {
            List<String> dropped = new ArrayList<>();
            for (String name : find(statement, scope.target().database())) {
                if (!name.equals(kept)) {
                    statement.execute("DROP DATABASE IF EXISTS \"" + name.replace("\"", "\"\"") + "\" WITH (FORCE)");
                    LOG.infof("Database %s of an abandoned restore is dropped", name);
                    dropped.add(name);
                }
            }
            return dropped;
        } catch (SQLException e) {
            String message = "Cannot drop the abandoned restores of "
                    + scope.target().database() + ": " + SqlState.describe(e) + ".";
            if (SqlState.isSilent(e)
                    || SqlState.of(e).startsWith("57")
                    || SqlState.of(e).startsWith("55")) {
                throw new DatabaseUnavailableException(message, "It is tried again.", e);
            }
            throw new DatabaseRefusedException(message, "Drop them by hand as a superuser.", e);
        }
    }

    private static List<String> find(Statement statement, String database) throws SQLException {
        Pattern pattern = RestoreDatabaseName.pattern(database);
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database ORDER BY datname")) {
            while (rows.next()) {
                if (pattern.matcher(rows.getString(1)).matches()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }
}
