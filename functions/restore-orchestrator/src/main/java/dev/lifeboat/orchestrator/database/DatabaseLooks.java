package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.backup.TableFingerprint;
import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.connection.SqlState;
import dev.lifeboat.orchestrator.database.ExpectedRows.Expectation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is seen inside the database itself. */
final class DatabaseLooks {
    /** One row of each of the largest tables is evidence enough, and bounds the time. */
    private static final int MOST_TABLES = 100;

    private static final Duration MOST_TIME = Duration.ofSeconds(20);

    // Tables of extensions and of PostgreSQL itself are in a fresh database too.
    private static final String TABLES = """
            SELECT n.nspname, c.relname
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND c.relpersistence <> 't'
              AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'lifeboat')
              AND NOT EXISTS (SELECT FROM pg_depend d
                              WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY c.relpages DESC, 1, 2""";

    private record Table(String schema, String name) {
        String sql() {
            return quoted(schema) + "." + quoted(name);
        }

        private static String quoted(String identifier) {
            return '"' + identifier.replace("\"", "\"\"") + '"';
        }
    }

    private final Findings<Look> findings;
    private final Expectation expectation;
    private final long deadline = System.nanoTime() + MOST_TIME.toNanos();

    DatabaseLooks(Findings<Look> findings, Expectation expectation) {
        this.findings = findings;
        this.expectation = expectation;
    }

    /** Nothing, or nothing more, can be seen: the database does not let the administrator in. */
    void notConnected(SQLException e, String reason) {
        if (SqlState.isNoSuchDatabase(e) || SqlState.isDamage(e)) {
            // It is listed, and its files are not there.
            findings.no(Look.READABLE, "The database's files are damaged: " + reason + ".");
        } else if (SqlState.isClosedDatabase(e)) {
            findings.no(Look.ACCEPTS_CONNECTIONS, "The database accepts no connections: " + reason + ".");
        } else {
            findings.unknown(Look.ACCEPTS_CONNECTIONS, "The database cannot be connected to: " + reason + ".");
        }
    }

    void lookFrom(Connection connection) {
        try {
            List<Table> tables = tables(connection);
            if (tables.isEmpty()) {
                findings.no(Look.HAS_TABLES, "The database has no table of its own.");
                return;
            }
            findings.yes(Look.HAS_TABLES, "The database has " + tables.size() + " tables.");
            lookAtRows(connection, tables);
        } catch (SQLException e) {
            failed(Look.HAS_TABLES, e);
        }
    }

    private static List<Table> tables(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(new Table(rows.getString(1), rows.getString(2)));
            }
        }
        return tables;
    }

    private void lookAtRows(Connection connection, List<Table> tables) {
        boolean known = expectation.unknown() == null;
        List<Table> asked =
                known ? expectation.tables().stream().map(DatabaseLooks::table).toList() : tables;
        RowCount count = count(connection, asked);
        if (findings.result(Look.READABLE).answer() == LookResult.Answer.NO) {
            return;
        }
        if (known) {
            noteByBackup(connection, tables, count);
        } else {
            noteWithoutBackup(count);
        }
        findings.note(
                Look.READABLE,
                count.unreadable == 0 || count.withRows > 0 ? LookResult.Answer.YES : LookResult.Answer.UNKNOWN,
                count.unreadable == 0
                        ? "Every table that was asked answered."
                        : count.unreadable + " tables did not answer: " + count.lastFailure + ".");
    }

    /** Ends early when PostgreSQL reports damage. */
    private RowCount count(Connection connection, List<Table> tables) {
        RowCount count = new RowCount();
        for (Table table : tables.subList(0, Math.min(tables.size(), MOST_TABLES))) {
            lookAtTable(connection, table, count);
            if (findings.result(Look.READABLE).answer() == LookResult.Answer.NO) {
                break;
            }
        }
        return count;
    }

    /** Rows in tables that the backup does not have are data as well: an application that was deployed since may have moved all to them. */
    private void noteByBackup(Connection connection, List<Table> tables, RowCount count) {
        String seen = count.describe() + " that held rows in the backup do now.";
        List<Table> others = count.answer() == LookResult.Answer.NO
                ? tables.stream()
                        .filter(table -> !expectation.has(table.schema(), table.name()))
                        .toList()
                : List.of();
        RowCount elsewhere = count(connection, others);
        if (elsewhere.withRows > 0) {
            findings.unknown(
                    Look.HOLDS_ROWS,
                    seen + " But " + elsewhere.describe() + " that the backup does not have hold rows, "
                            + others.get(0).sql() + " for one.");
        } else {
            findings.note(Look.HOLDS_ROWS, count.answer(), seen);
        }
    }

    private static Table table(TableFingerprint expected) {
        return new Table(expected.schema(), expected.name());
    }

    private void lookAtTable(Connection connection, Table table, RowCount count) {
        if (System.nanoTime() > deadline) {
            count.unreadable("the time for looking is up");
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1 FROM ONLY " + table.sql() + " LIMIT 1")) {
            count.read(row.next());
        } catch (SQLException e) {
            if (SqlState.isDamage(e)) {
                failed(Look.READABLE, e);
            } else if (SqlState.isNoSuchTable(e)) {
                count.read(false);
            } else {
                count.unreadable(SqlState.describe(e));
            }
        }
    }

    /** Without a backup to compare with, any row is data; nothing could be restored anyway. */
    private void noteWithoutBackup(RowCount count) {
        String why = "; which tables ought to hold rows is not known: " + expectation.unknown();
        if (count.withRows > 0) {
            findings.yes(Look.HOLDS_ROWS, count.describe() + " hold rows" + why);
        } else if (count.unreadable == 0) {
            findings.no(Look.HOLDS_ROWS, "No table holds a row" + why);
        } else {
            findings.unknown(Look.HOLDS_ROWS, count.describe() + " hold rows" + why);
        }
    }

    private void failed(Look look, SQLException e) {
        if (SqlState.isDamage(e)) {
            findings.no(Look.READABLE, "PostgreSQL reports damage: " + SqlState.describe(e) + ".");
        } else {
            findings.unknown(look, "The database cannot be read: " + SqlState.describe(e) + ".");
        }
    }

    /** At least half of the tables is the line: one or two that a person has emptied are no disaster. */
    private static final class RowCount {
        private int withRows;
        private int withoutRows;
        private int unreadable;
        private String lastFailure;

        void read(boolean hasRow) {
            if (hasRow) {
                withRows++;
            } else {
                withoutRows++;
            }
        }

        void unreadable(String reason) {
            unreadable++;
            lastFailure = reason;
        }

        private int asked() {
            return withRows + withoutRows + unreadable;
        }

        LookResult.Answer answer() {
            if (withRows * 2 >= asked()) {
                return LookResult.Answer.YES;
            }
            return (withRows + unreadable) * 2 < asked() ? LookResult.Answer.NO : LookResult.Answer.UNKNOWN;
        }

        String describe() {
            return withRows + " of " + asked() + " tables";
        }
    }
}
