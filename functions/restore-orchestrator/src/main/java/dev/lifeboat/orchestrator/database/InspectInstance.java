package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.contract.error.RestoreCheckFailedException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.SqlState;
import dev.lifeboat.orchestrator.pointintime.PointInTimeActions;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.Inspected;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Looks into the database of an instance that stands at its point, read-only, with the assessment's own eyes: what would be called lost there
 * is not put in the place of what was lost.
 */
final class InspectInstance implements PointInTimeActions.Insight {
    private static final String CLIENT = "lifeboat-inspect";
    private static final List<Look> LOOKS = List.of(Look.HAS_TABLES, Look.HOLDS_ROWS, Look.READABLE);

    private final ExpectedRows expectedRows;

    InspectInstance(ExpectedRows expectedRows) {
        this.expectedRows = expectedRows;
    }

    @Override
    public Inspected look(RecoveryScope scope, PostgresLogin login) {
        String database = scope.target().database();
        Findings<Look> findings = new Findings<>(Look.class);
        try (Connection connection = login.connect(database, ConnectionLimits.look(CLIENT))) {
            new DatabaseLooks(findings, expectedRows.of(scope.target().backupOf())).lookFrom(connection);
            List<LookResult<Look>> seen = LOOKS.stream().map(findings::result).toList();
            seen.stream()
                    .filter(result -> result.answer() == Answer.NO)
                    .findFirst()
                    .ifPresent(result -> {
                        throw new RestoreCheckFailedException(
                                "Database '" + database + "' of the restored instance is not what was lost: "
                                        + result.reason(),
                                "Another way is tried; the instance is not put in place.");
                    });
            return inspected(connection, seen);
        } catch (SQLException e) {
            if (SqlState.isNoSuchDatabase(e)) {
                throw new RestoreCheckFailedException(
                        "The restored instance has no database '" + database + "'.",
                        "Another way is tried; the instance is not put in place.",
                        e);
            }
            throw new DatabaseUnavailableException(
                    "Cannot look into the restored instance: " + SqlState.describe(e) + ".", "It is tried again.", e);
        }
    }

    private static Inspected inspected(Connection connection, List<LookResult<Look>> seen) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                    SELECT (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                            WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'),
                           pg_last_wal_replay_lsn()::text, pg_last_xact_replay_timestamp(),
                           pg_snapshot_xmax(pg_current_snapshot())::text::bigint\
                    """)) {
            row.next();
            OffsetDateTime at = row.getObject(3, OffsetDateTime.class);
            return new Inspected(
                    true,
                    row.getInt(1),
                    row.getString(2),
                    at == null ? null : at.toInstant(),
                    row.getLong(4),
                    seen.stream().map(LookResult::reason).toList());
        }
    }
}
