package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.SqlState;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Looks at a database as its application would: same role, a query of the application's own. A database that is there
 * and empty does not answer: the query has to return a row, and its table has to exist.
 */
final class DatabaseProbe {
    private static final Logger LOG = Logger.getLogger(DatabaseProbe.class);

    /** Of every slot, whoever asks: pg_stat_replication shows its numbers to few roles, and nothing of a replica that is gone. */
    static final String REPLICATION_LAG = "SELECT max(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery()"
            + " THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END, restart_lsn))::bigint FROM pg_replication_slots";

    private final TargetLogins logins;

    DatabaseProbe(TargetLogins logins) {
        this.logins = logins;
    }

    /**
     * A database that does not answer, for whatever reason, is a result. What the probe itself lacks is thrown: then no
     * metric is published, and the alarm, for which missing data is breaching, fires as well.
     *
     * @throws MisconfiguredException when the secret or the Service is missing, or the query is no SQL
     * @throws dev.lifeboat.contract.error.AwsUnavailableException when Secrets Manager does not answer
     */
    ProbeResult look(ProbeRequest request) {
        long start = System.nanoTime();
        try {
            PostgresLogin application = logins.as(request.target(), request.applicationSecret());
            return look(application, request, start);
        } catch (KubernetesUnavailableException e) {
            return result(request, false, e.getMessage(), start);
        } catch (SQLException e) {
            if (SqlState.isSyntaxError(e)) {
                throw new MisconfiguredException(
                        "The probe's query '" + request.query() + "' is no SQL: " + SqlState.describe(e) + ".",
                        "Correct the parameter ProbeQuery.",
                        e);
            }
            return result(request, false, SqlState.describe(e), start);
        }
    }

    private static ProbeResult look(PostgresLogin application, ProbeRequest request, long start) throws SQLException {
        ConnectionLimits limits = ConnectionLimits.look("lifeboat-probe");
        try (Connection connection = application.connect(request.target().database(), limits);
                Statement statement = connection.createStatement()) {
            statement.setMaxRows(1);
            boolean row;
            try (ResultSet rows = statement.executeQuery(request.query())) {
                row = rows.next();
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            String reason = row ? "The query returned a row." : "The query returned no row.";
            return new ProbeResult(
                    request.target().name(),
                    row,
                    reason,
                    millis,
                    replicationLag(statement),
                    List.of(),
                    walArchiving(statement));
        }
    }

    /** What cannot be asked of the slots is no reason to call the database lost. */
    private static Long replicationLag(Statement statement) {
        try (ResultSet lag = statement.executeQuery(REPLICATION_LAG)) {
            long bytes = lag.next() ? lag.getLong(1) : 0;
            return lag.wasNull() ? null : bytes;
        } catch (SQLException e) {
            LOG.warnf("The replication slots cannot be looked at: %s", SqlState.describe(e));
            return null;
        }
    }

    private static WalArchiving walArchiving(Statement statement) {
        try {
            return WalArchiving.ask(statement);
        } catch (SQLException e) {
            LOG.warnf("The WAL archive cannot be asked for: %s", SqlState.describe(e));
            return null;
        }
    }

    private static ProbeResult result(ProbeRequest request, boolean answering, String reason, long start) {
        return new ProbeResult(
                request.target().name(),
                answering,
                reason,
                (System.nanoTime() - start) / 1_000_000,
                null,
                List.of(),
                null);
    }
}
