package dev.lifeboat.local.drill;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * Stops the swap's transaction inside PostgreSQL, on either side of its commit: before it, by a lock on the table that the
 * transaction writes last; after it, by a synchronous standby that does not exist, so that the commit is on disk and is never
 * acknowledged (PostgreSQL's documentation, "Synchronous Replication").
 */
final class SwapHold implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final LiveDatabase database;
    private Connection lock;
    private volatile boolean committing;

    SwapHold(LiveDatabase database) {
        this.database = database;
    }

    /** From now on a swap gets as far as its commit, and no further. */
    void stopBeforeCommit() {
        try {
            lock = database.connect("postgres");
            lock.setAutoCommit(false);
            try (Statement statement = lock.createStatement()) {
                statement.execute("LOCK TABLE lifeboat.swap IN SHARE MODE");
            }
        } catch (SQLException e) {
            throw new DrillFailure("Cannot lock lifeboat.swap: " + e.getMessage(), e);
        }
    }

    /** Waits until a swap has come as far as its commit, and returns its backend's process id. */
    String awaitSwap() {
        return Waiting.value(
                "the swap to reach its commit",
                LIMIT,
                () -> one("SELECT pid FROM pg_locks WHERE relation = 'lifeboat.swap'::regclass AND NOT granted"));
    }

    /** From now on no commit is acknowledged. */
    void stopAfterCommit() {
        committing = true;
        execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        execute("SELECT pg_reload_conf()");
        // A thread of its own: the common pool of a small machine has one alone, which others wait for.
        Thread commits = new Thread(
                () -> {
                    while (committing) {
                        execute("SELECT pg_logical_emit_message(true, 'test', 'a commit of ours')");
                    }
                },
                "commits");
        commits.setDaemon(true);
        commits.start();
        Waiting.value(
                "commits to be held back",
                LIMIT,
                () -> one("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"));
    }

    /** Waits until that backend's commit is on disk. */
    void awaitCommit(String backend) {
        Waiting.value(
                "the swap's commit to be on disk",
                LIMIT,
                () -> one("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND pid = " + backend));
    }

    void releaseLock() {
        try (Connection held = lock) {
            if (held != null) {
                held.rollback();
            }
            lock = null;
        } catch (SQLException e) {
            throw new DrillFailure("Cannot unlock lifeboat.swap: " + e.getMessage(), e);
        }
    }

    /** Commits are acknowledged again. */
    void releaseCommits() {
        if (committing) {
            committing = false;
            execute("ALTER SYSTEM RESET synchronous_standby_names");
            execute("SELECT pg_reload_conf()");
        }
    }

    @Override
    public void close() {
        releaseLock();
        releaseCommits();
    }

    private Optional<String> one(String sql) {
        try {
            return database.rows("postgres", sql).stream().findFirst();
        } catch (SQLException e) {
            throw new DrillFailure("PostgreSQL does not answer " + sql + ": " + e.getMessage(), e);
        }
    }

    private void execute(String sql) {
        try {
            database.execute("postgres", sql);
        } catch (SQLException e) {
            throw new DrillFailure("PostgreSQL refuses " + sql + ": " + e.getMessage(), e);
        }
    }
}
