package dev.lifeboat.local.drill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** An application that never stops writing: it notes when each commit was acknowledged. */
final class Writer implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    private final LiveDatabase database;
    private final String statement;
    private final List<Instant> commits = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;

    Writer(LiveDatabase database, String statement) {
        this.database = database;
        this.statement = statement;
        this.thread = new Thread(this::run, "writer");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!stopped) {
            try (Connection connection = database.connectAsApplication();
                    Statement write = connection.createStatement()) {
                while (!stopped) {
                    try (ResultSet result = write.executeQuery(statement)) {
                        result.next();
                        acknowledged(result.getObject(1, OffsetDateTime.class).toInstant());
                    }
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (SQLException e) {
                // What a real application does: it was not acknowledged, so it does not count; try again.
                Waiting.pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void acknowledged(Instant at) {
        commits.add(at);
    }

    /** Acknowledged commits, oldest first, by the database's clock. */
    synchronized List<Instant> commits() {
        return List.copyOf(commits);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
