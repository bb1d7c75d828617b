package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.SqlState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Asks a database whether its invariants hold: as the application's role, read-only, each in a session of its own with its own time limit.
 * A database that does not answer is another alarm's business: then nothing is known of them.
 */
public final class InvariantLooks {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** Beyond a statement's own limit, for a server that is silent. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Supplier<PostgresLogin> application;
    private final String database;
    private final Map<String, Double> before;

    /**
     * @param application finds out where the server is, and logs in as the application's role; asked anew for each invariant
     * @param database which one
     * @param before by invariant's name, the numbers that must not fall
     */
    public InvariantLooks(Supplier<PostgresLogin> application, String database, Map<String, Double> before) {
        this.application = application;
        this.database = database;
        this.before = Map.copyOf(before);
    }

    /** In the order in which they are asked for. */
    public List<InvariantResult> look(List<Invariant> invariants) {
        List<InvariantResult> results = new ArrayList<>();
        for (Invariant each : invariants) {
            results.add(look(each));
        }
        return results;
    }

    private InvariantResult look(Invariant invariant) {
        try {
            return ask(invariant, application.get());
        } catch (SQLException e) {
            return unknown(invariant, SqlState.describe(e) + ".");
        } catch (LifeboatException e) {
            return unknown(invariant, e.getMessage());
        }
    }

    private InvariantResult ask(Invariant invariant, PostgresLogin login) throws SQLException {
        Duration limit = Duration.ofSeconds(invariant.timeoutSeconds());
        ConnectionLimits limits = new ConnectionLimits(CONNECT, limit.plus(GRACE), limit, true, "lifeboat-invariants");
        try (Connection connection = login.connect(database, limits);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(invariant.sql())) {
            return rows.next() ? judge(invariant, rows.getObject(1)) : unknown(invariant, "The query returned no row.");
        }
    }

    private InvariantResult judge(Invariant invariant, Object value) {
        if (value instanceof Boolean holds) {
            return result(invariant, holds, null, "The query says " + holds + ".");
        }
        if (value instanceof Number number && invariant.hasBounds()) {
            Double known = before.get(invariant.name());
            return result(
                    invariant,
                    invariant.allows(number.doubleValue(), known),
                    number.doubleValue(),
                    "The query says " + number + ", expected " + invariant.bounds(known) + ".");
        }
        return unknown(
                invariant, "The query says " + value + ", expected true or false, or a number and bounds for it.");
    }

    private static InvariantResult result(Invariant invariant, boolean holds, Double number, String reason) {
        return new InvariantResult(invariant.name(), holds ? Answer.YES : Answer.NO, number, reason);
    }

    private static InvariantResult unknown(Invariant invariant, String reason) {
        return new InvariantResult(invariant.name(), Answer.UNKNOWN, null, reason);
    }
}
