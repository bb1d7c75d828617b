package dev.lifeboat.orchestrator.pointintime;

import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Sessions with an instance that the Service does not lead to any more. It takes a node a moment to notice, and until then it leads those
 * who connect again to the instance that they were just sent away from. What they would write there is seen by nobody who compares it
 * meanwhile, so they are sent away until none came for a while.
 */
public final class FormerSessions {
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String THEIRS = " FROM pg_stat_activity WHERE backend_type = 'client backend'"
            + " AND pid <> pg_backend_pid() AND NOT starts_with(application_name, 'lifeboat')";

    private FormerSessions() {}

    /**
     * Ends them until none was there for 3 s, or for 20 s: whoever connects past the Service comes again and again.
     *
     * @return how many it ended
     * @throws SQLException when the instance does not answer, or not any more
     * @throws DatabaseUnavailableException when the thread is interrupted
     */
    static int end(PostgresLogin login, String client) throws SQLException {
        int ended = 0;
        try (Connection connection = login.connect("postgres", ConnectionLimits.look(client))) {
            long began = System.nanoTime();
            long quietSince = began;
            while (System.nanoTime() - quietSince < QUIET.toNanos() && System.nanoTime() - began < LIMIT.toNanos()) {
                int now = number(connection, "count(*) FILTER (WHERE pg_terminate_backend(pid))");
                ended += now;
                if (now > 0) {
                    quietSince = System.nanoTime();
                }
                Thread.sleep(PAUSE.toMillis());
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailableException(
                    "Interrupted while the sessions of the instance that was live before are ended.",
                    "It is tried again.",
                    e);
        }
    }

    /** How many there are, on the connection's server. */
    public static int count(Connection connection) throws SQLException {
        return number(connection, "count(*)");
    }

    private static int number(Connection connection, String what) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + what + THEIRS)) {
            row.next();
            return row.getInt(1);
        }
    }
}
