package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.SqlState;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a database whether its invariants hold: as the application's role, read-only, each in a session of its own with its own time limit.
 * A database that does not answer is another alarm's business: then nothing is known of them.
 */
final class InvariantLooks {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** Beyond a statement's own limit, for a server that is silent. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final TargetLogins logins;

    InvariantLooks(TargetLogins logins) {
        this.logins = logins;
    }

    /** In the order in which they are asked for. */
    List<InvariantResult> look(ProbeRequest request) {
        List<InvariantResult> results = new ArrayList<>();
        for (Invariant each : request.invariants()) {
            results.add(look(each, request));
        }
        return results;
    }

    private InvariantResult look(Invariant invariant, ProbeRequest request) {
        try {
            return ask(invariant, logins.as(request.target(), request.applicationSecret()), request);
        } catch (SQLException e) {
            return unknown(invariant, SqlState.describe(e) + ".");
        } catch (LifeboatException e) {
            return unknown(invariant, e.getMessage());
        }
    }

    private static InvariantResult ask(Invariant invariant, PostgresLogin application, ProbeRequest request)
            throws SQLException {
        Duration limit = Duration.ofSeconds(invariant.timeoutSeconds());
        ConnectionLimits limits = new ConnectionLimits(CONNECT, limit.plus(GRACE), limit, true, "lifeboat-invariants");
        try (Connection connection = application.connect(request.target().database(), limits);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(invariant.sql())) {
            return rows.next() ? judge(invariant, rows.getObject(1)) : unknown(invariant, "The query returned no row.");
        }
    }

    private static InvariantResult judge(Invariant invariant, Object value) {
        if (value instanceof Boolean holds) {
            return result(invariant, holds, "The query says " + holds + ".");
        }
        if (value instanceof Number number && !invariant.bounds().isEmpty()) {
            return result(
                    invariant,
                    invariant.allows(number.doubleValue()),
                    "The query says " + number + ", expected " + invariant.bounds() + ".");
        }
        return unknown(
                invariant, "The query says " + value + ", expected true or false, or a number and bounds for it.");
    }

    private static InvariantResult result(Invariant invariant, boolean holds, String reason) {
        return new InvariantResult(invariant.name(), holds ? Answer.YES : Answer.NO, reason);
    }

    private static InvariantResult unknown(Invariant invariant, String reason) {
        return new InvariantResult(invariant.name(), Answer.UNKNOWN, reason);
    }
}
