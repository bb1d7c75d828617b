package dev.lifeboat.pgrestore;

import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.sql.SQLException;
import java.util.List;

/** Ends other sessions, and waits until they are gone. */
final class Backends {
    private static final int LOOKS = 300;
    private static final long PAUSE_MILLIS = 50;
    private static final String OBJECT_IN_USE = "55006";

    private Backends() {}

    /**
     * Ends every other backend that the condition on {@code pg_stat_activity} picks.
     *
     * @throws RestoreException of kind UNAVAILABLE when one is still there after 15 s
     */
    static void end(Session session, String what, String condition, Object... parameters) {
        String sql = "SELECT pg_terminate_backend(pid), pid || ' (' || coalesce(application_name, '') || ')'"
                + " FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND " + condition;
        List<String> left = List.of();
        for (int look = 0; look < LOOKS; look++) {
            left = session.query(what, row -> row.getString(2), sql, parameters);
            if (left.isEmpty()) {
                return;
            }
            pause();
        }
        throw new RestoreException(
                Kind.UNAVAILABLE,
                what + " failed: backends do not end, 15 s after they were told to: " + left + ".",
                "Try again; look at what they do in pg_stat_activity when it lasts.");
    }

    /** Ends every other session in a database; a session that connects meanwhile is ended too. */
    static void endAllIn(Session session, String what, String database) {
        end(session, what, "datname = ? AND backend_type <> 'autovacuum worker'", database);
    }

    /** Runs what nobody may be in a database for: somebody, such as a worker of PostgreSQL's own, may come in between. */
    static void retryWhileInUse(int attempts, Runnable work) {
        for (int attempt = 1; ; attempt++) {
            try {
                work.run();
                return;
            } catch (RestoreException e) {
                if (attempt == attempts || !isInUse(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isInUse(RestoreException e) {
        return e.getCause() instanceof SQLException cause && OBJECT_IN_USE.equals(cause.getSQLState());
    }

    static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RestoreException(
                    Kind.UNAVAILABLE, "Interrupted while waiting for a backend to end.", "Try again.", e);
        }
    }
}
