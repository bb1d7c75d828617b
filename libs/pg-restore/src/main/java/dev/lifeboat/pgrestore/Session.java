package dev.lifeboat.pgrestore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** One connection; every failure comes out as a {@link RestoreException} that says what was being done. */
final class Session implements AutoCloseable {
    private final Connection connection;

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Runs SQL text as it is, one or several statements. */
    void execute(String what, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false); // braces are PostgreSQL's here, not JDBC's
            statement.execute(sql);
        } catch (SQLException e) {
            throw Failures.of(what, sql, e);
        }
    }

    /** Runs one statement with parameters. */
    int update(String what, String sql, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw Failures.of(what, sql, e);
        }
    }

    /** Makes a value of each row. */
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    <T> List<T> query(String what, RowMapper<T> mapper, String sql, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> values = new ArrayList<>();
            while (rows.next()) {
                values.add(mapper.map(rows));
            }
            return values;
        } catch (SQLException e) {
            throw Failures.of(what, sql, e);
        }
    }

    List<String> strings(String what, String sql, Object... parameters) {
        return query(what, row -> row.getString(1), sql, parameters);
    }

    /** Whether the query, of one boolean, says yes; no row is no. */
    boolean asks(String what, String sql, Object... parameters) {
        return query(what, row -> row.getBoolean(1), sql, parameters).contains(true);
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /** Runs the work in a transaction of its own, which is rolled back when the work fails. */
    void transaction(String what, Runnable work) {
        autoCommit(what, false);
        try {
            work.run();
            connection.commit();
        } catch (RuntimeException e) {
            rollBack(e);
            throw e;
        } catch (SQLException e) {
            rollBack(e);
            throw Failures.of(what, "COMMIT", e);
        }
        autoCommit(what, true);
    }

    private void autoCommit(String what, boolean on) {
        try {
            connection.setAutoCommit(on);
        } catch (SQLException e) {
            throw Failures.of(what, null, e);
        }
    }

    private void rollBack(Exception because) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            because.addSuppressed(e); // the connection is gone, and the transaction with it
        }
    }

    /** The driver's own interface, for COPY and large objects. */
    PGConnection driver() throws SQLException {
        return connection.unwrap(PGConnection.class);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw Failures.of("Closing a connection", null, e);
        }
    }
}
