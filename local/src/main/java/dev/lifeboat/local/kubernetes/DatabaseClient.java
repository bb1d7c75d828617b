package dev.lifeboat.local.kubernetes;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * An application's connection to its database: kept while it works, and tried for again all the time when it does not,
 * as the connection pool of a real one does.
 */
final class DatabaseClient implements AutoCloseable {
    private static final long PAUSE_MILLIS = 400;

    private final Supplier<String> address;
    private final Map<String, String> environment;
    private final String query;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean paused;
    private volatile String problem = "not connected yet";

    /** @param environment with DATABASE_PORT, DATABASE_NAME, DATABASE_USER, DATABASE_PASSWORD */
    DatabaseClient(Supplier<String> address, Map<String, String> environment, String query) {
        this.address = address;
        this.environment = Map.copyOf(environment);
        this.query = query;
        this.thread = ApiServer.daemon(this::work, "application");
        thread.start();
    }

    /** Null when the last query, at most half a second ago, was answered. */
    String problem() {
        return problem;
    }

    /** Holds it: it asks nothing. */
    void pause(boolean now) {
        paused = now;
    }

    private void work() {
        while (!closed) {
            if (paused) {
                pause();
                continue;
            }
            try (Connection connection = connect()) {
                while (!closed && !paused) {
                    try (Statement statement = connection.createStatement()) {
                        statement.setQueryTimeout(2);
                        statement.execute(query);
                        problem = null;
                    }
                    pause();
                }
            } catch (SQLException e) {
                problem = e.getMessage();
                pause();
            }
        }
    }

    private Connection connect() throws SQLException {
        String host = address.get();
        if (host == null) {
            throw new SQLException("no address for " + environment.get("DATABASE_HOST"));
        }
        Properties properties = new Properties();
        properties.setProperty("user", environment.get("DATABASE_USER"));
        properties.setProperty("password", environment.get("DATABASE_PASSWORD"));
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "2");
        properties.setProperty("socketTimeout", "5");
        properties.setProperty("ApplicationName", "application stub");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + host + ":" + environment.getOrDefault("DATABASE_PORT", "5432") + "/"
                        + environment.get("DATABASE_NAME"),
                properties);
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
