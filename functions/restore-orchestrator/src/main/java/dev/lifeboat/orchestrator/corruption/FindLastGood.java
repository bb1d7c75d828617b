package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.error.PointUnreachableException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.orchestrator.pointintime.RecoveryPoint;
import dev.lifeboat.orchestrator.pointintime.RestoreStep;
import dev.lifeboat.orchestrator.probe.InvariantRecord;
import dev.lifeboat.orchestrator.probe.InvariantRecords;
import dev.lifeboat.orchestrator.probe.InvariantResult;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Searches the last good transaction, step by step: says which state of the data is looked at next. How far it is lies in the bucket, so that every call may come twice, and a search that died goes on.
 */
final class FindLastGood {
    /** So many states to begin at, each twice as old as the one before, reach back through a week of hourly backups. */
    private static final int MOST_STARTS = 9;

    private static final Logger LOG = Logger.getLogger(FindLastGood.class);
    /** A record follows the position, to stop before; then the segment ends, so that it is archived at once. */
    private static final String LIVE_POSITION = "SELECT pg_current_wal_insert_lsn()::text,"
            + " pg_logical_emit_message(false, 'lifeboat', 'A search ends here.')::text, pg_switch_wal()::text";

    private final Searches searches;
    private final InvariantRecords records;
    private final TargetLogins live;
    private final Archive archive;
    private final Clock clock;

    /**
     * @param live how the live database is reached
     * @param archive what the search goes back in
     */
    FindLastGood(Searches searches, InvariantRecords records, TargetLogins live, Archive archive, Clock clock) {
        this.searches = searches;
        this.records = records;
        this.live = live;
        this.archive = archive;
        this.clock = clock;
    }

    /** What a search goes back in. */
    interface Archive {
        /**
         * @return the label of the base backup that leads to a point
         * @throws PointUnreachableException when none does
         */
        String backup(RecoveryScope scope, RecoveryPoint point);

        /** Where the base backups ended that a restore may begin with, newest first. */
        List<Lsn> backupEnds();
    }

    /**
     * What is to be done next; begins the search when there is none.
     *
     * @throws MisconfiguredException when no invariant is known
     * @throws DatabaseUnavailableException when the live database does not say where it is
     * @throws PointUnreachableException when the archive does not lead to the next state any more
     */
    StepTold tell(RecoveryScope scope) {
        Next next = next(scope);
        return next instanceof Next.Go go
                ? new StepTold(false, restoreStep(scope, go.step()), null)
                : new StepTold(true, null, ((Next.End) next).result());
    }

    private RestoreStep restoreStep(RecoveryScope scope, Step step) {
        RecoveryPoint point = before(step.before());
        return new RestoreStep(
                step.number(),
                switch (step.from()) {
                    case BACKUP -> RestoreStep.From.BACKUP;
                    case CURRENT -> RestoreStep.From.CURRENT;
                    case GOOD -> RestoreStep.From.GOOD;
                },
                step.save(),
                step.from() == Step.From.BACKUP ? archive.backup(scope, point) : null,
                point,
                step.list() == null
                        ? null
                        : step.list().from() + "," + step.list().to(),
                null);
    }

    /** The point that has all of the WAL that begins before a position. */
    private static RecoveryPoint before(Lsn position) {
        return new RecoveryPoint(RecoveryPoint.Type.LSN, position.toString(), false, null);
    }

    private Next next(RecoveryScope scope) {
        Optional<Search> found = searches.find(scope);
        if (found.isEmpty()) {
            InvariantRecord asked = record(scope.target());
            Attempt seen = liveNow(scope.target(), asked);
            if (!seen.is(Attempt.Answer.BAD)) {
                return nothingBad(seen);
            }
            List<Lsn> starts = starts(scope, asked, seen.before());
            searches.begin(scope, Search.begin(scope.token(), asked, starts, seen));
        }
        Search search = searches.change(
                scope, before -> Bisection.next(before) instanceof Next.Go go ? before.under(go.step()) : before);
        Next next = Bisection.next(search);
        LOG.infof("The search is at %s", next);
        return next;
    }

    private static Next nothingBad(Attempt seen) {
        return new Next.End(new SearchResult(
                SearchResult.Ending.NO_DIFFERENCE,
                false,
                null,
                null,
                null,
                0,
                List.of(),
                0,
                "No invariant is known to be violated in the live database any more. " + seen.reason()));
    }

    /** What the live database is now. Its position is taken after it was asked: whatever was violated, was by then. */
    private Attempt liveNow(Target target, InvariantRecord asked) {
        StateLook state = new StateLook(live, target);
        List<InvariantResult> said = state.ask(asked);
        String position = state.query(LIVE_POSITION)
                .orElseThrow(() -> new DatabaseUnavailableException(
                        "The live database does not say where its WAL is.", "It is tried again."));
        return StateLook.attempt(null, Lsn.parse(position), said, clock.instant());
    }

    private InvariantRecord record(Target target) {
        return records.find(target)
                .filter(found -> !found.invariants().isEmpty())
                .orElseThrow(() -> new MisconfiguredException(
                        "No invariant of target '" + target.name() + "' is known: there is nothing to search by.",
                        "Set the parameter Invariants of template.yaml, and wait for the probe."));
    }

    /** Where all invariants held last, and base backups from before that, each twice as far back: as many as the archive leads to. */
    private List<Lsn> starts(RecoveryScope scope, InvariantRecord asked, Lsn end) {
        List<Lsn> starts = new ArrayList<>();
        Optional<Lsn> lastGood = Optional.ofNullable(asked.lastGood())
                .map(good -> Lsn.parse(good.lsn()))
                .filter(end::isAfter);
        lastGood.filter(position -> isReachable(scope, position)).ifPresent(starts::add);
        List<Lsn> older = archive.backupEnds().stream()
                .filter(each -> lastGood.orElse(end).isAfter(each))
                .toList();
        for (int i = 0; i < older.size() && starts.size() < MOST_STARTS; i = i == 0 ? 1 : i * 2) {
            if (isReachable(scope, older.get(i))) {
                starts.add(older.get(i));
            }
        }
        return starts;
    }

    private boolean isReachable(RecoveryScope scope, Lsn position) {
        try {
            archive.backup(scope, before(position));
            return true;
        } catch (PointUnreachableException e) {
            LOG.infof("No search begins at %s: %s", position, e.getMessage());
            return false;
        }
    }
}
