package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks at the state that a step of a search has reached. The first answer to a step stands. */
final class JudgeStep {
    private static final String STANDS =
            "SELECT (pg_is_in_recovery() AND pg_get_wal_replay_pause_state() = 'paused')::text";
    private static final String COMMITS = "SELECT pg_read_file('lifeboat.commits')";

    private final Searches searches;
    private final Function<RecoveryScope, TargetLogins> beside;
    private final Clock clock;

    /** @param beside how the instance beside the live one is reached */
    JudgeStep(Searches searches, Function<RecoveryScope, TargetLogins> beside, Clock clock) {
        this.searches = searches;
        this.beside = beside;
        this.clock = clock;
    }

    /**
     * Looks at the state, or notes that it was not reached.
     *
     * @param step which one
     * @param failure why it was not reached; null when it was
     * @return what is known then
     * @throws InvalidInputException when no such step is under way, and none was
     * @throws DatabaseUnavailableException when the instance does not stand still
     */
    Attempt judge(RecoveryScope scope, int step, String failure) {
        Search search = searches.find(scope).orElseThrow(() -> noSuchStep(scope, step));
        Optional<Attempt> before = attempt(search, step);
        if (before.isPresent()) {
            return before.get();
        }
        if (search.pending() == null || search.pending().number() != step) {
            throw noSuchStep(scope, step);
        }
        StateLook state = new StateLook(beside.apply(scope), scope.target());
        Attempt found = failure == null ? look(state, search) : notReached(search.pending(), failure);
        List<Commit> commits = failure == null && search.pending().list() != null
                ? state.query(COMMITS).map(CommitList::parse).orElse(null)
                : null;
        Search after = searches.change(scope, now -> attempt(now, step).isPresent() ? now : now.after(found, commits));
        return attempt(after, step).orElseThrow();
    }

    private static Optional<Attempt> attempt(Search search, int step) {
        return search.attempts().stream()
                .filter(each -> each.step() != null && each.step() == step)
                .findFirst();
    }

    private static InvalidInputException noSuchStep(RecoveryScope scope, int step) {
        return new InvalidInputException(
                "Step " + step + " of the search of incident '" + scope.incident() + "' was never asked for.",
                "Pass on what action next-step said.");
    }

    private Attempt notReached(Step step, String failure) {
        return new Attempt(
                step.number(),
                step.confirms(),
                step.before(),
                Attempt.Answer.UNCLEAR,
                List.of(),
                List.of(),
                failure,
                clock.instant());
    }

    private Attempt look(StateLook state, Search search) {
        if (!state.query(STANDS).orElse("false").equals("true")) {
            throw new DatabaseUnavailableException(
                    "The instance beside the live one does not stand still at its target.", "It is looked at again.");
        }
        return StateLook.attempt(
                search.pending(), search.pending().before(), state.ask(search.asked()), clock.instant());
    }
}
