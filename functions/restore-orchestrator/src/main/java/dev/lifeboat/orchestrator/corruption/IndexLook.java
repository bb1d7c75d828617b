package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the database's B-tree indexes are in order, by extension amcheck where somebody has installed it: what pg_amcheck asks of them
 * without options. The small ones come first, so that most are looked at in the time that there is.
 */
final class IndexLook {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(2);

    // amcheck's own documentation selects the same: of this session's temporary tables and of invalid indexes nothing
    // can be said.
    private static final String INDEXES = """
            SELECT c.oid, c.oid::regclass::text
            FROM pg_index i
            JOIN pg_opclass op ON i.indclass[0] = op.oid
            JOIN pg_am am ON op.opcmethod = am.oid
            JOIN pg_class c ON i.indexrelid = c.oid
            WHERE am.amname = 'btree' AND c.relkind = 'i' AND c.relpersistence <> 't'
              AND i.indisready AND i.indisvalid
            ORDER BY c.relpages, c.oid""";

    // Whoever installed it chose its schema.
    private static final String SCHEMA = """
            SELECT quote_ident(n.nspname)
            FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
            WHERE e.extname = 'amcheck'""";

    private final Findings<CorruptionLook> findings;
    private final String database;
    private final Duration limit;
    private final long deadline;

    private record Index(long oid, String name) {}

    /** @param limit for all indexes together; whole seconds */
    IndexLook(Findings<CorruptionLook> findings, String database, Duration limit) {
        this.findings = findings;
        this.database = database;
        this.limit = limit;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    void look(PostgresLogin administrator) {
        ConnectionLimits limits = new ConnectionLimits(CONNECT, limit.plus(GRACE), limit, true, "lifeboat-assess");
        try (Connection connection = administrator.connect(database, limits)) {
            lookFrom(connection);
        } catch (SQLException e) {
            // Closing failed, or all else did: the first answer stands.
            findings.unknown(
                    CorruptionLook.INDEXES_WHOLE, "The indexes cannot be looked at: " + SqlState.describe(e) + ".");
        }
    }

    private void lookFrom(Connection connection) throws SQLException {
        String schema = schema(connection);
        if (schema == null) {
            findings.unknown(CorruptionLook.INDEXES_WHOLE, "Extension amcheck is not installed in " + database + ".");
            return;
        }
        List<Index> indexes = indexes(connection);
        int whole = 0;
        for (Index index : indexes) {
            if (System.nanoTime() > deadline) {
                break;
            }
            try {
                check(connection, schema, index);
                whole++;
            } catch (SQLException e) {
                if (SqlState.isDamage(e)) {
                    findings.no(
                            CorruptionLook.INDEXES_WHOLE,
                            "Index " + index.name() + " is damaged: " + SqlState.describe(e) + ".");
                    return;
                }
                if (!SqlState.isCanceled(e) && !SqlState.isNoSuchTable(e)) {
                    throw e;
                }
            }
        }
        if (whole == indexes.size()) {
            findings.yes(CorruptionLook.INDEXES_WHOLE, "All " + whole + " B-tree indexes are in order.");
        } else {
            findings.unknown(
                    CorruptionLook.INDEXES_WHOLE,
                    whole + " of " + indexes.size() + " B-tree indexes are in order; for the others the time of "
                            + limit.toSeconds() + " s did not do.");
        }
    }

    private static String schema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SCHEMA)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static List<Index> indexes(Connection connection) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(INDEXES)) {
            while (rows.next()) {
                indexes.add(new Index(rows.getLong(1), rows.getString(2)));
            }
        }
        return indexes;
    }

    private static void check(Connection connection, String schema, Index index) throws SQLException {
        try (PreparedStatement check =
                connection.prepareStatement("SELECT " + schema + ".bt_index_check(CAST(? AS oid)::regclass)")) {
            check.setLong(1, index.oid());
            check.execute();
        }
    }
}
