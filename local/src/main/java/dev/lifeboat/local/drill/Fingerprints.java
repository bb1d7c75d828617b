package dev.lifeboat.local.drill;

import dev.lifeboat.contract.backup.TableFingerprint;
import dev.lifeboat.pgarchive.RowFingerprint;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows and fingerprints of a database's tables, taken by COPY without any help of the recovery's own code: the columns come
 * from the catalogue, the settings are those that pg_dump uses.
 */
final class Fingerprints {
    private static final String SETTINGS =
            "SET client_encoding = 'UTF8'; SET DateStyle = ISO; SET IntervalStyle = postgres; "
                    + "SET TimeZone = UTC; SET extra_float_digits = 3; SET bytea_output = hex; SET lc_monetary = 'C'; "
                    + "SET xmloption = content; SET search_path = ''; SET row_security = off";
    private static final String COLUMNS =
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute "
                    + "WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''";

    private Fingerprints() {}

    /** The same tables as they are now. */
    static List<TableFingerprint> of(LiveDatabase database, String name, List<TableFingerprint> tables)
            throws SQLException, IOException {
        try (Connection connection = database.connect(name)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(SETTINGS);
            }
            List<TableFingerprint> found = new ArrayList<>();
            for (TableFingerprint table : tables) {
                found.add(of(connection, table.schema(), table.name()));
            }
            return found;
        }
    }

    /** Every table with rows of its own. */
    static List<TableFingerprint> all(LiveDatabase database, String name) throws SQLException, IOException {
        List<TableFingerprint> tables = database
                .rows(
                        name,
                        "SELECT schemaname || chr(9) || tablename FROM pg_tables t "
                                + "JOIN pg_class c ON c.oid = format('%I.%I', schemaname, tablename)::regclass "
                                + "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND relkind = 'r' ORDER BY 1")
                .stream()
                .map(row -> row.split("\t", 2))
                .map(parts -> new TableFingerprint(parts[0], parts[1], 0, "none"))
                .toList();
        return of(database, name, tables);
    }

    private static TableFingerprint of(Connection connection, String schema, String name)
            throws SQLException, IOException {
        String table = quoted(schema) + "." + quoted(name);
        String columns = columns(connection, table);
        RowFingerprint fingerprint = new RowFingerprint();
        String source = columns == null ? "(SELECT FROM " + table + ")" : table + " (" + columns + ")";
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY " + source + " TO STDOUT");
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            fingerprint.update(row, 0, row.length);
        }
        return new TableFingerprint(schema, name, fingerprint.rows(), fingerprint.value());
    }

    private static String columns(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        }
    }

    private static String quoted(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    /** How the tables differ from what is expected, in a few words; empty when they do not. */
    static String difference(List<TableFingerprint> expected, List<TableFingerprint> found) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).equals(found.get(i))) {
                differences.add(expected.get(i).schema() + "." + expected.get(i).name() + ": expected "
                        + expected.get(i).rows() + " rows " + expected.get(i).fingerprint() + ", found "
                        + found.get(i).rows() + " rows " + found.get(i).fingerprint());
            }
        }
        return differences.stream().limit(5).collect(Collectors.joining("; "));
    }

    static long rows(List<TableFingerprint> tables) {
        return tables.stream().mapToLong(TableFingerprint::rows).sum();
    }
}
