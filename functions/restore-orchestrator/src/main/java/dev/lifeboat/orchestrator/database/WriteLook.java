package dev.lifeboat.orchestrator.database;

import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.SqlState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether a write reaches the disk. It fills a table of its own in database {@code postgres}, which no application's data are in, commits
 * with the WAL flushed, and drops the table again. A look that dies in the middle leaves 128 KiB, which the next one drops.
 */
final class WriteLook {
    // Pages of a new file, not those that an old file has to spare: only they need room. A little, lest a look fill the
    // disk.
    private static final String WRITE = """
            SET LOCAL synchronous_commit = on;
            SELECT pg_advisory_xact_lock(hashtext('lifeboat_scratch'));
            CREATE SCHEMA IF NOT EXISTS lifeboat_scratch;
            DROP TABLE IF EXISTS lifeboat_scratch.look;
            CREATE TABLE lifeboat_scratch.look AS SELECT repeat('lifeboat', 237) AS filler FROM generate_series(1, 64);""";

    private static final String DROP = "DROP TABLE IF EXISTS lifeboat_scratch.look";

    private final Findings<Look> findings;

    WriteLook(Findings<Look> findings) {
        this.findings = findings;
    }

    void look(PostgresLogin administrator) {
        try (Connection connection = administrator.connect("postgres", ConnectionLimits.note("lifeboat-assess"))) {
            write(connection);
        } catch (SQLException e) {
            // Dropping failed, or all else did: the first answer to each look stands.
            failed(e);
        }
    }

    private void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(WRITE);
            String written = position(statement, "pg_current_wal_insert_lsn()");
            connection.commit();
            connection.setAutoCommit(true);
            String flushed = position(statement, "pg_current_wal_flush_lsn()");
            boolean reached = position(statement, "'" + flushed + "'::pg_lsn >= '" + written + "'::pg_lsn")
                    .equals("t");
            findings.yes(Look.HAS_ROOM, "There is room for 128 KiB.");
            findings.note(
                    Look.WRITABLE,
                    reached ? LookResult.Answer.YES : LookResult.Answer.NO,
                    "128 KiB were written up to " + written + " of the WAL, which is flushed up to " + flushed + ".");
            statement.execute(DROP);
        }
    }

    private static String position(Statement statement, String expression) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT " + expression)) {
            row.next();
            return row.getString(1);
        }
    }

    private void failed(SQLException e) {
        String reason = SqlState.describe(e) + ".";
        if (SqlState.isDiskFull(e)) {
            findings.no(Look.HAS_ROOM, "The disk is full: " + reason);
            findings.no(Look.WRITABLE, "The disk is full: " + reason);
        } else if (SqlState.isReadOnly(e) || SqlState.isDamage(e)) {
            findings.no(Look.WRITABLE, "PostgreSQL does not write: " + reason);
        } else {
            findings.unknown(Look.WRITABLE, "Nothing could be written: " + reason);
        }
    }
}
