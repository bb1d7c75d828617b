package dev.lifeboat.orchestrator.corruption;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Compares one table of two databases, of which users may already write to the restored one: what transactions have written since it was
 * promoted is told apart by the rows' xmin, and is no difference. Each server first adds up its rows in some hundred parts by their keys, so that of a large table
 * of which little was changed little is read: only parts that differ are, sorted by key, and merged as they come. Memory does not grow
 * with the table.
 */
final class TableComparison {
    private static final int PARTS = 1024;
    private static final int FETCH_ROWS = 50;
    private static final String COUNT_PARTS = """
            SELECT part, count(*), sum(hashtextextended(row_text, 0)::numeric)::text
            FROM (SELECT (hashtextextended(key_text, 0) & %d)::int AS part, row_text
                  FROM (SELECT %s AS key_text, %s AS row_text FROM ONLY %s) as_text) divided
            GROUP BY part""";
    // The order is that of the bytes of UTF-8, whatever the databases' encoding and collation.
    private static final String READ_PARTS = """
            SELECT key_text, row_text, is_new%s
            FROM (SELECT %s AS key_text, %s AS row_text, %s AS is_new%s FROM ONLY %s) as_text
            WHERE (hashtextextended(key_text, 0) & %d)::int = ANY (?)
            ORDER BY convert_to(key_text, 'UTF8'), convert_to(row_text, 'UTF8')""";

    /** Takes the rows that differ. */
    @FunctionalInterface
    interface Rows {
        /** @param values of the columns that were compared, in their order */
        void row(Change change, List<String> values);
    }

    /** How a row differs. */
    enum Change {
        INSERTED,
        UPDATED,
        DELETED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Connection lost;
    private final Connection restored;
    private final String table;
    private final List<String> key;
    private final List<String> columns;
    private final String newness;

    /**
     * @param table qualified and quoted, of both
     * @param key columns by which rows are told apart; empty for all of them
     * @param columns those that are compared
     * @param nextXid the first transaction that the restored one did not have when it was promoted
     */
    TableComparison(
            Connection lost, Connection restored, String table, List<String> key, List<String> columns, long nextXid) {
        this.lost = lost;
        this.restored = restored;
        this.table = table;
        this.key = key.isEmpty() ? columns : key;
        this.columns = columns;
        this.newness = isNew(nextXid);
    }

    /** Whether a row was written by that transaction or a later one: their numbers go round, and half of them are later. */
    static String isNew(long nextXid) {
        return "((xmin::text::bigint - " + nextXid + ") & 4294967295) < 2147483648";
    }

    /** Calls back for each row that differs: of an updated one with what it is in the lost database. */
    void compare(Rows rows) throws SQLException {
        Integer[] parts = differing();
        if (parts.length == 0) {
            return;
        }
        try (Sorted left = new Sorted(lost, parts);
                Sorted right = new Sorted(restored, parts)) {
            merge(left, right, rows);
        }
    }

    private static void merge(Sorted left, Sorted right, Rows rows) throws SQLException {
        while (left.present() || right.present()) {
            int order = !left.present() ? 1 : !right.present() ? -1 : left.compareKeys(right);
            if (order < 0) {
                rows.row(Change.INSERTED, left.values());
                left.advance();
            } else if (order > 0) {
                // A user's new one is no old one that is back.
                if (!right.isNew()) {
                    rows.row(Change.DELETED, right.values());
                }
                right.advance();
            } else {
                both(left, right, rows);
                left.advance();
                right.advance();
            }
        }
    }

    private static void both(Sorted left, Sorted right, Rows rows) throws SQLException {
        if (left.rowText().equals(right.rowText())) {
            return;
        }
        if (!right.isNew()) {
            rows.row(Change.UPDATED, left.values());
        } else if (left.isNew()) {
            // A user has written under the same key since: what was there before is not known any more.
            rows.row(Change.INSERTED, left.values());
        }
    }

    private Integer[] differing() throws SQLException {
        Map<Integer, String> theirs = parts(restored);
        List<Integer> differing = new ArrayList<>();
        parts(lost).forEach((part, sum) -> {
            if (!sum.equals(theirs.remove(part))) {
                differing.add(part);
            }
        });
        differing.addAll(theirs.keySet());
        return differing.toArray(Integer[]::new);
    }

    private Map<Integer, String> parts(Connection connection) throws SQLException {
        Map<Integer, String> parts = new HashMap<>();
        String sql = COUNT_PARTS.formatted(PARTS - 1, TableShape.row(key), TableShape.row(columns), table);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                parts.put(rows.getInt(1), rows.getLong(2) + " " + rows.getString(3));
            }
        }
        return parts;
    }

    /** The rows of some parts of one side, one after the other. */
    private final class Sorted implements AutoCloseable {
        private final PreparedStatement statement;
        private final ResultSet rows;
        private boolean present;
        private byte[] keyBytes;
        private String rowText;
        private boolean isNew;

        Sorted(Connection connection, Integer[] parts) throws SQLException {
            String named = columns.stream()
                    .map(column -> ", " + TableShape.quoted(column) + "::text AS " + alias(column))
                    .collect(Collectors.joining());
            String aliases =
                    columns.stream().map(column -> ", " + alias(column)).collect(Collectors.joining());
            statement = connection.prepareStatement(READ_PARTS.formatted(
                    aliases, TableShape.row(key), TableShape.row(columns), newness, named, table, PARTS - 1));
            statement.setFetchSize(FETCH_ROWS);
            Array array = connection.createArrayOf("int4", parts);
            statement.setArray(1, array);
            rows = statement.executeQuery();
            advance();
        }

        private String alias(String column) {
            return "c" + columns.indexOf(column);
        }

        boolean present() {
            return present;
        }

        String rowText() {
            return rowText;
        }

        boolean isNew() {
            return isNew;
        }

        int compareKeys(Sorted other) {
            return Arrays.compareUnsigned(keyBytes, other.keyBytes);
        }

        List<String> values() throws SQLException {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                values.add(rows.getString(4 + i));
            }
            return values;
        }

        void advance() throws SQLException {
            present = rows.next();
            if (present) {
                keyBytes = rows.getString(1).getBytes(StandardCharsets.UTF_8);
                rowText = rows.getString(2);
                isNew = rows.getBoolean(3);
            }
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }
}
