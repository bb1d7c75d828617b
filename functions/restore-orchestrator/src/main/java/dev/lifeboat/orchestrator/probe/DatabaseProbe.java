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

/**
 * Looks at a database as its application would: same role, a query of the application's own. A database that is there
 * and empty does not answer: the query has to return a row, and its table has to exist.
 */
final class DatabaseProbe {
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
            boolean row = returnsRow(application, request);
            return result(request, row, row ? "The query returned a row." : "The query returned no row.", start);
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

    private static boolean returnsRow(PostgresLogin application, ProbeRequest request) throws SQLException {
        ConnectionLimits limits = ConnectionLimits.look("lifeboat-probe");
        try (Connection connection = application.connect(request.target().database(), limits);
                Statement statement = connection.createStatement()) {
            statement.setMaxRows(1);
            try (ResultSet rows = statement.executeQuery(request.query())) {
                return rows.next();
            }
        }
    }

    private static ProbeResult result(ProbeRequest request, boolean answering, String reason, long start) {
        return new ProbeResult(request.target().name(), answering, reason, (System.nanoTime() - start) / 1_000_000);
    }
}
