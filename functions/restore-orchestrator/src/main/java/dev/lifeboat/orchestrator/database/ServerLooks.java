package dev.lifeboat.orchestrator.database;

import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.assessment.LookResult;
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

    // Of the database, and of the catalogs that all share (datid 0). No row, or null, where checksums are off.
    private static final String CHECKSUMS = """
            SELECT sum(checksum_failures), max(checksum_last_failure)
            FROM pg_stat_database WHERE datname = ? OR datid = 0""";

    private final Findings<Look> findings;
    private final String database;

    ServerLooks(Findings<Look> findings, String database) {
        this.findings = findings;
        this.database = database;
    }

    /** What can be told of the server alone, while somebody else may still change the database: of that nothing is known then. */
    void lookUnguarded(Connection administrator, String why) {
        lookAtServer(administrator);
        findings.unknown(Look.DATABASE_EXISTS, why);
    }

    private void lookAtServer(Connection administrator) {
        findings.yes(Look.SERVER_ANSWERS, "PostgreSQL answers.");
        findings.yes(Look.ADMINISTRATOR_ADMITTED, "The administrator is admitted.");
        lookAtRecovery(administrator);
        lookAtChecksums(administrator);
    }

    /** @return whether the database exists and says that it accepts connections */
    boolean lookFrom(Connection administrator) throws SQLException {
        lookAtServer(administrator);
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

    private void lookAtRecovery(Connection administrator) {
        try (PreparedStatement query = administrator.prepareStatement("SELECT pg_is_in_recovery()");
                ResultSet row = query.executeQuery()) {
            row.next();
            if (row.getBoolean(1)) {
                findings.no(
                        Look.OUT_OF_RECOVERY, "PostgreSQL is in recovery: a standby, or on its way through the WAL.");
            } else {
                findings.yes(Look.OUT_OF_RECOVERY, "PostgreSQL is not in recovery.");
            }
        } catch (SQLException e) {
            findings.unknown(Look.OUT_OF_RECOVERY, "The recovery state cannot be read: " + SqlState.describe(e) + ".");
        }
    }

    private void lookAtChecksums(Connection administrator) {
        try (PreparedStatement query = administrator.prepareStatement(CHECKSUMS)) {
            query.setString(1, database);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                long failures = row.getLong(1);
                if (row.wasNull()) {
                    findings.unknown(Look.CHECKSUMS_HOLD, "The server makes no checksums.");
                } else if (failures == 0) {
                    findings.yes(Look.CHECKSUMS_HOLD, "No checksum failure is counted.");
                } else {
                    findings.no(
                            Look.CHECKSUMS_HOLD,
                            failures + " checksum failures are counted, the last at " + row.getString(2) + ".");
                }
            }
        } catch (SQLException e) {
            findings.unknown(
                    Look.CHECKSUMS_HOLD, "The checksum failures cannot be read: " + SqlState.describe(e) + ".");
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
        if (SqlState.isStartingOrStopping(e)) {
            findings.no(Look.OUT_OF_RECOVERY, "PostgreSQL is not up yet, or not any more: " + reason);
        }
        findings.note(
                Look.ADMINISTRATOR_ADMITTED,
                SqlState.isLoginRefused(e) ? LookResult.Answer.NO : LookResult.Answer.UNKNOWN,
                "PostgreSQL does not admit the administrator: " + reason);
    }
}
