package dev.lifeboat.orchestrator.database;

import dev.lifeboat.orchestrator.connection.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What an administrator sees of a database from database {@code postgres}. */
final class ServerLooks {
    /** A fresh database is as large as its template; what PostgreSQL itself adds at first use is far below this. */
    private static final long FRESH_GROWTH = 2L << 20;

    // -2 marks a database whose DROP was cut off: PostgreSQL admits nobody to it any more.
    private static final String DATABASE = """
            SELECT datallowconn AND datconnlimit <> -2,
                   pg_database_size(oid),
                   pg_database_size('template1'::name)
            FROM pg_database WHERE datname = ?""";

    private final Findings findings;
    private final String database;

    ServerLooks(Findings findings, String database) {
        this.findings = findings;
        this.database = database;
    }

    /** @return whether the database exists and says that it accepts connections */
    boolean lookFrom(Connection administrator) throws SQLException {
        findings.yes(Look.SERVER_ANSWERS, "PostgreSQL answers.");
        findings.yes(Look.ADMINISTRATOR_ADMITTED, "The administrator is admitted.");
        try (PreparedStatement query = administrator.prepareStatement(DATABASE)) {
            query.setString(1, database);
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    findings.no(Look.DATABASE_EXISTS, "Database " + database + " does not exist.");
                    return false;
                }
                return lookAt(rows);
            }
        } catch (SQLException e) {
            findings.unknown(
                    Look.DATABASE_EXISTS, "The list of databases cannot be read: " + SqlState.describe(e) + ".");
            return false;
        }
    }

    /** Whether the database admits nobody, though it is larger than an empty one. */
    boolean isClosedWithData(Connection administrator) throws SQLException {
        try (PreparedStatement query = administrator.prepareStatement(DATABASE)) {
            query.setString(1, database);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() && !rows.getBoolean(1) && isLargerThanEmpty(rows);
            }
        }
    }

    private static boolean isLargerThanEmpty(ResultSet row) throws SQLException {
        return row.getLong(2) > row.getLong(3) + FRESH_GROWTH;
    }

    private boolean lookAt(ResultSet row) throws SQLException {
        boolean open = row.getBoolean(1);
        long size = row.getLong(2);
        long fresh = row.getLong(3);
        findings.yes(Look.DATABASE_EXISTS, "Database " + database + " exists.");
        findings.note(
                Look.LARGER_THAN_EMPTY,
                isLargerThanEmpty(row) ? LookResult.Answer.YES : LookResult.Answer.NO,
                "It has " + size + " bytes, a fresh one has " + fresh + ".");
        if (!open) {
            findings.no(
                    Look.ACCEPTS_CONNECTIONS,
                    "Database " + database + " accepts no connections; it has " + size + " bytes, a fresh one has "
                            + fresh + ".");
        }
        return open;
    }

    /** The administrator could not connect; what was seen before stands. */
    void notAdmitted(SQLException e) {
        String reason = SqlState.describe(e) + ".";
        if (SqlState.isSilent(e)) {
            findings.no(Look.SERVER_ANSWERS, "PostgreSQL does not answer: " + reason);
            return;
        }
        findings.yes(Look.SERVER_ANSWERS, "PostgreSQL answers.");
        findings.note(
                Look.ADMINISTRATOR_ADMITTED,
                SqlState.isLoginRefused(e) ? LookResult.Answer.NO : LookResult.Answer.UNKNOWN,
                "PostgreSQL does not admit the administrator: " + reason);
    }
}
