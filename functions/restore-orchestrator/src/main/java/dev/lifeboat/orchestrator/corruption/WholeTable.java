package dev.lifeboat.orchestrator.corruption;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** All rows of a table that the other database does not have. */
final class WholeTable {
    private static final int FETCH_ROWS = 50;

    private WholeTable() {}

    /**
     * @param table qualified and quoted
     * @param condition of the rows that count
     */
    static void read(
            Connection connection, String table, String condition, List<String> columns, Consumer<List<String>> row)
            throws SQLException {
        String selected = columns.stream()
                .map(column -> TableShape.quoted(column) + "::text")
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows =
                    statement.executeQuery("SELECT " + selected + " FROM ONLY " + table + " WHERE " + condition)) {
                while (rows.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= columns.size(); i++) {
                        values.add(rows.getString(i));
                    }
                    row.accept(values);
                }
            }
        }
    }
}
