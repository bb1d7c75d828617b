package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.SqlState;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.orchestrator.probe.InvariantLooks;
import dev.lifeboat.orchestrator.probe.InvariantRecord;
import dev.lifeboat.orchestrator.probe.InvariantResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks one server, the live one or the one beside it, what its data are. */
final class StateLook {
    private final TargetLogins logins;
    private final Target target;

    StateLook(TargetLogins logins, Target target) {
        this.logins = logins;
        this.target = target;
    }

    /** What each invariant says, asked as the application's role. */
    List<InvariantResult> ask(InvariantRecord asked) {
        return new InvariantLooks(
                        () -> logins.as(target, asked.applicationSecret()), target.database(), asked.numbers())
                .look(asked.invariants());
    }

    /**
     * What a state comes to.
     *
     * @param step which brought it about; null for the live database
     */
    static Attempt attempt(Step step, Lsn before, List<InvariantResult> said, Instant at) {
        List<String> violated = names(said, Answer.NO);
        List<String> held = names(said, Answer.YES);
        Attempt.Answer answer = !violated.isEmpty()
                ? Attempt.Answer.BAD
                : held.size() == said.size() ? Attempt.Answer.GOOD : Attempt.Answer.UNCLEAR;
        return new Attempt(
                step == null ? null : step.number(),
                step != null && step.confirms(),
                before,
                answer,
                violated,
                held,
                reason(answer, said),
                at);
    }

    private static String reason(Attempt.Answer answer, List<InvariantResult> said) {
        return answer == Attempt.Answer.GOOD
                ? "All " + said.size() + " invariants hold."
                : said.stream()
                        .filter(each -> each.answer() != Answer.YES)
                        .map(each -> each.name() + ": " + each.reason())
                        .reduce((left, right) -> left + " " + right)
                        .orElse("No invariant answered.");
    }

    private static List<String> names(List<InvariantResult> said, Answer answer) {
        return said.stream()
                .filter(each -> each.answer() == answer)
                .map(InvariantResult::name)
                .toList();
    }

    /**
     * The first column of the first row, asked as the administrator in database {@code postgres}; empty when it is null.
     *
     * @throws DatabaseUnavailableException when the server does not answer
     */
    Optional<String> query(String sql) {
        PostgresLogin administrator = logins.administrator(target);
        try (Connection connection = administrator.connect("postgres", ConnectionLimits.note("lifeboat-search"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            throw new DatabaseUnavailableException(
                    "PostgreSQL does not answer '" + sql + "': " + SqlState.describe(e) + ".", "It is tried again.", e);
        }
    }
}
