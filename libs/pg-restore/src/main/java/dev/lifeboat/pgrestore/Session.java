package dev.lifeboat.pgrestore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;

/** One connection; every failure comes out as a {@link RestoreException} that says what was being done. */
final class Session implements AutoCloseable {
    /** Ours are short: they look at catalogues, change a row, or wait for a lock that its holder is being made to give up. */
    private static final Duration LONGEST_OF_OURS = Duration.ofMinutes(2);

    private final Connection connection;
    private final int longestMillis;

    Session(Connection connection) {
        this(connection, LONGEST_OF_OURS);
    }

    Session(Connection connection, Duration longestOfOurs) {
        this.connection = connection;
        this.longestMillis = (int) longestOfOurs.toMillis();
    }

    /**
     * Runs SQL text as it is, one or several statements, in one message, as pg_restore does. The driver's statements would take it
     * apart first: they make the operator {@code ??} of an archive a {@code ?}.
     */
    void execute(String what, String sql) {
        try {
            QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
            int flags = QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE;
            if (connection.getAutoCommit()) {
                flags |= QueryExecutor.QUERY_SUPPRESS_BEGIN;
            }
            Query query = executor.wrap(List.of(new NativeQuery(sql, SqlCommand.BLANK)));
            executor.execute(query, null, new FailuresOnly(), 0, 0, flags);
        } catch (SQLException e) {
            throw Failures.of(what, sql, e);
        }
    }

    /** Rows and warnings of what is replayed are of no use; the base class keeps failures and throws them at the end. */
    private static final class FailuresOnly extends ResultHandlerBase {
        @Override
        public void handleWarning(SQLWarning warning) {
            // Nothing is done about them, as in pg_restore.
        }
    }

    /** Runs one statement of ours with parameters: of a server that is silent for two minutes it expects no answer. */
    int update(String what, String sql, Object... parameters) {
        return brief(what, sql, () -> {
            try (PreparedStatement statement = prepare(sql, parameters)) {
                return statement.executeUpdate();
            }
        });
    }

    private interface Call<T> {
        T call() throws SQLException;
    }

    /** What an archive holds may take its time, so the limit is for this call alone. */
    private <T> T brief(String what, String sql, Call<T> call) {
        try {
            connection.setNetworkTimeout(Runnable::run, longestMillis);
            T result = call.call();
            connection.setNetworkTimeout(Runnable::run, 0);
            return result;
        } catch (SQLException e) {
            takeLimitBack(e);
            throw Failures.of(what, sql, e);
        }
    }

    private void takeLimitBack(SQLException because) {
        try {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, 0);
            }
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    /** Makes a value of each row. */
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    <T> List<T> query(String what, RowMapper<T> mapper, String sql, Object... parameters) {
        return brief(what, sql, () -> {
            try (PreparedStatement statement = prepare(sql, parameters);
                    ResultSet rows = statement.executeQuery()) {
                List<T> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(mapper.map(rows));
                }
                return values;
            }
        });
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
