package dev.lifeboat.pgrestore;

import dev.lifeboat.testsupport.RealPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Ends a backend at work, as an administrator, a failover or the kernel's out-of-memory killer does. */
final class Executioner {
    private static final long LONGEST_WAIT_NANOS = 30_000_000_000L;

    private Executioner() {}

    /** Waits until a statement like that runs in a database, and ends its backend, one alone. */
    static void endBackendOf(RealPostgres postgres, String database, String statement) {
        String sql = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ? AND query LIKE ?"
                + " AND state = 'active' AND pid <> pg_backend_pid() ORDER BY pid LIMIT 1";
        await(postgres, database, statement, sql);
    }

    /** Waits until a statement like that runs in a database. */
    static void awaitStatement(RealPostgres postgres, String database, String statement) {
        await(
                postgres,
                database,
                statement,
                "SELECT true FROM pg_stat_activity WHERE datname = ? AND query LIKE ? AND state = 'active'");
    }

    private static void await(RealPostgres postgres, String database, String statement, String sql) {
        long deadline = System.nanoTime() + LONGEST_WAIT_NANOS;
        try (Connection connection = postgres.connect("postgres");
                PreparedStatement look = connection.prepareStatement(sql)) {
            look.setString(1, database);
            look.setString(2, statement);
            while (System.nanoTime() < deadline) {
                try (ResultSet found = look.executeQuery()) {
                    if (found.next() && found.getBoolean(1)) {
                        return;
                    }
                }
                Thread.sleep(5);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("No statement like " + statement + " ran in " + database);
    }
}
