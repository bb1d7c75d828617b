package dev.lifeboat.orchestrator.corruption;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table that holds rows of its own.
 *
 * @param schema its schema
 * @param name its name
 * @param columns type by name, in order, without those that PostgreSQL computes
 * @param key the primary key's columns, in order; empty when it has none
 */
record TableShape(String schema, String name, Map<String, String> columns, List<String> key) {
    // Small ones first. What is unlogged is empty after every recovery, and what is an extension's is no data of the
    // user's.
    private static final String TABLES = """
            SELECT c.oid, n.nspname, c.relname
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND c.relpersistence = 'p'
              AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'lifeboat')
              AND NOT EXISTS (SELECT FROM pg_depend d
                              WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY pg_relation_size(c.oid), 2, 3""";

    private static final String COLUMNS = """
            SELECT a.attname, format_type(a.atttypid, a.atttypmod)
            FROM pg_attribute a
            WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            ORDER BY a.attnum""";

    private static final String KEY = """
            SELECT a.attname
            FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k(attnum, place), pg_attribute a
            WHERE i.indrelid = ? AND i.indisprimary AND k.place <= i.indnkeyatts
              AND a.attrelid = i.indrelid AND a.attnum = k.attnum
            ORDER BY k.place""";

    TableShape {
        columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        key = List.copyOf(key);
    }

    /** The tables of a database by their names, the small ones first. */
    static Map<String, TableShape> read(Connection connection) throws SQLException {
        Map<String, TableShape> tables = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                long oid = rows.getLong(1);
                Map<String, String> columns = new LinkedHashMap<>();
                strings(connection, COLUMNS, oid).forEach(row -> columns.put(row.get(0), row.get(1)));
                List<String> key = strings(connection, KEY, oid).stream()
                        .map(row -> row.get(0))
                        .toList();
                TableShape table = new TableShape(rows.getString(2), rows.getString(3), columns, key);
                tables.put(table.sql(), table);
            }
        }
        return tables;
    }

    private static List<List<String>> strings(Connection connection, String sql, long oid) throws SQLException {
        List<List<String>> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, oid);
            try (ResultSet rows = statement.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(rows.getString(i));
                    }
                    found.add(row);
                }
            }
        }
        return found;
    }

    /** Qualified and quoted. */
    String sql() {
        return quoted(schema) + "." + quoted(name);
    }

    /** The columns that both have with the same type, in this one's order. */
    List<String> common(TableShape other) {
        return columns.entrySet().stream()
                .filter(column -> column.getValue().equals(other.columns().get(column.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** One value out of several columns, as text. */
    static String row(List<String> columns) {
        return "ROW(" + columns.stream().map(TableShape::quoted).collect(Collectors.joining(", ")) + ")::text";
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
