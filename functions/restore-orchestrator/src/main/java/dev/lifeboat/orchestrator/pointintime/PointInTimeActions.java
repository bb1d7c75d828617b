package dev.lifeboat.orchestrator.pointintime;

import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.aws.pgbackrest.PgBackRestRepository;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.error.PointUnreachableException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.InstanceState;
import dev.lifeboat.kubernetes.LastTakeOver;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.Inspected;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.PointPlan;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.PointUndone;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.Promoted;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.RungChosen;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.TakeOverFound;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.TookOver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** One service for each action; nothing outlives an event. */
public final class PointInTimeActions {
    /** How a database is looked into, whichever server it is on. */
    @FunctionalInterface
    public interface Insight {
        /**
         * @throws dev.lifeboat.contract.error.RestoreCheckFailedException when it does not hold what it ought to
         */
        Inspected look(RecoveryScope scope, PostgresLogin login);
    }

    /**
     * What the actions reach.
     *
     * @param repository where WAL is archived, by the id of the passphrase's secret
     * @param clusters finds a cluster by its name
     * @param secrets who may log in, by the secret's id
     */
    public record Access(
            Function<String, PgBackRestRepository> repository,
            Function<String, ClusterConnection> clusters,
            Function<String, Credentials> secrets) {}

    private final Access access;
    private final Journal journal;
    private final Beside beside;
    private final Insight insight;
    private final Function<RecoveryScope, OptionalLong> dumpBytes;
    private final Predicate<Target> volumeIsThere;
    private final Clock clock;

    /**
     * @param lease throws when the lease is not the scope's any more
     * @param insight how an instance is looked into
     * @param dumpBytes the size of the newest verified dump
     * @param volumeIsThere whether the live instance has its volume
     */
    public PointInTimeActions(
            Access access,
            Journal journal,
            Consumer<RecoveryScope> lease,
            Insight insight,
            Function<RecoveryScope, OptionalLong> dumpBytes,
            Predicate<Target> volumeIsThere,
            Clock clock) {
        this.access = access;
        this.journal = journal;
        this.beside = new Beside(access.clusters(), access.secrets(), lease);
        this.insight = insight;
        this.dumpBytes = dumpBytes;
        this.volumeIsThere = volumeIsThere;
        this.clock = clock;
    }

    /** Does what is asked. */
    public Object handle(PointInTimeRequest request) {
        if (request instanceof PointInTimeRequest.ChooseRung choose) {
            return choose(choose);
        }
        if (request instanceof PointInTimeRequest.FindTakeOver find) {
            return find(find.scope(), find.finish(), find.point());
        }
        if (request instanceof PointInTimeRequest.PlanPoint plan) {
            return plan(plan.scope(), plan.point(), plan.archive()).at(place(plan.scope(), plan.place()));
        }
        if (request instanceof PointInTimeRequest.CreateBeside create) {
            return beside.create(create.scope(), create.step(), create.place());
        }
        if (request instanceof PointInTimeRequest.BesideStatus status) {
            return beside.status(status.scope(), status.instance());
        }
        if (request instanceof PointInTimeRequest.Inspect inspect) {
            return inspect(inspect);
        }
        if (request instanceof PointInTimeRequest.PreparePromotion prepare) {
            return beside.preparePromotion(prepare.scope(), prepare.instance());
        }
        if (request instanceof PointInTimeRequest.Promote promote) {
            return promote(promote.scope(), promote.instance());
        }
        if (request instanceof PointInTimeRequest.TakeOver takeOver) {
            return takeOver(takeOver.scope(), takeOver.instance());
        }
        if (request instanceof PointInTimeRequest.QuarantineOld quarantine) {
            return beside.quarantine(quarantine.scope(), quarantine.instance());
        }
        if (request instanceof PointInTimeRequest.ConfirmArchive confirm) {
            return beside.confirmArchive(confirm.scope(), confirm.instance());
        }
        if (request instanceof PointInTimeRequest.DiscardBeside discard) {
            return beside.discard(discard.scope(), discard.place());
        }
        if (request instanceof PointInTimeRequest.UndoPoint undo) {
            return undo(undo.scope());
        }
        throw new IllegalStateException("No action for " + request.getClass());
    }

    /** Proves that a point can be reached, as the action does. */
    public PointPlan plan(RecoveryScope scope, RecoveryPoint point, ArchiveSettings archive) {
        if (!archive.isOn()) {
            throw new PointUnreachableException(
                    "WAL is not archived for target " + scope.target().name() + ".",
                    "Set the parameter PointInTimeRecovery to on, and archive-mode in k8s/configmap.yaml.");
        }
        return new PlanPoint(access.repository().apply(archive.secret())).plan(point, rates(scope));
    }

    /** A drill does not stop what it looks at, and without its volume the live instance has nothing that is worth keeping. */
    private Place place(RecoveryScope scope, Place asked) {
        boolean inPlace = asked == Place.IN_PLACE
                && scope.target().purpose() == Target.Purpose.LIVE
                && volumeIsThere.test(scope.target());
        return inPlace ? Place.IN_PLACE : Place.BESIDE;
    }

    private RungChosen choose(PointInTimeRequest.ChooseRung request) {
        RecoveryScope scope = request.scope();
        Rates rates = rates(scope);
        OptionalLong dump = dumpBytes.apply(scope);
        Long dumpSeconds = dump.isPresent() ? rates.dumpSeconds(dump.getAsLong()) : null;
        long since = Duration.between(request.failedAt(), clock.instant()).toSeconds();
        try {
            PointPlan plan = plan(scope, RecoveryPoint.LATEST, request.archive());
            return RungChoice.choose(plan.expectedSeconds(), null, dumpSeconds, since);
        } catch (PointUnreachableException | MisconfiguredException e) {
            return RungChoice.choose(null, message(e), dumpSeconds, since);
        }
    }

    private static String message(LifeboatException e) {
        return e.getMessage().replaceFirst(" HINT: .*", "");
    }

    private Rates rates(RecoveryScope scope) {
        return journal.find(BucketLayout.rates(scope.target().name()), Rates.class)
                .orElse(Rates.DEFAULT);
    }

    private TakeOverFound find(RecoveryScope scope, boolean finish, RecoveryPoint point) {
        Optional<LastTakeOver> found = beside.lastTakeOver(scope)
                .filter(last -> scope.incident().equals(last.incident()) || (finish && last.unfinished()));
        if (found.isEmpty() && finish) {
            // Whoever asks for that found a healthy database: a new recovery would take its place.
            throw new MisconfiguredException(
                    "No take-over of target " + scope.target().name() + " is unfinished any more.",
                    "Start the recovery again: it looks anew.");
        }
        if (found.isEmpty()) {
            return TakeOverFound.NONE;
        }
        LastTakeOver last = found.get();
        Optional<InstanceRecord> record = Optional.ofNullable(last.incident())
                .flatMap(incident -> InstanceRecord.find(journal, incident, last.instance()));
        if (!finish) {
            record.ifPresent(seen -> requireSame(scope, point, seen.plan().point()));
        }
        if (last.inPlace() && beside.isOnItsWay(scope, last.instance())) {
            return TakeOverFound.NONE; // it died before the promotion: the same steps come once more
        }
        beside.requirePromoted(scope, last.instance());
        return record.map(seen ->
                        new TakeOverFound(true, last.instance(), seen.plan(), seen.inspected(), seen.promoted()))
                .orElse(new TakeOverFound(true, last.instance(), null, null, null));
    }

    private static void requireSame(RecoveryScope scope, RecoveryPoint asked, RecoveryPoint reached) {
        if (!asked.isMetBy(reached)) {
            throw new MisconfiguredException(
                    "Incident " + scope.incident() + " has brought target "
                            + scope.target().name() + " to the point " + Json.compact(reached)
                            + " already, and this start names " + Json.compact(asked) + ".",
                    "To finish what it left, name its point; to go to another point, start under an incident of another"
                            + " name.");
        }
    }

    private Promoted promote(RecoveryScope scope, String instance) {
        Promoted promoted = beside.promote(scope, instance);
        InstanceRecord.find(journal, scope.incident(), promoted.instance())
                .ifPresent(seen -> seen.at(promoted).keep(journal, scope.incident(), promoted.instance()));
        return promoted;
    }

    private TookOver takeOver(RecoveryScope scope, String instance) {
        TookOver taken = beside.takeOver(scope, instance);
        note(scope, taken.instance(), taken.claim());
        return taken;
    }

    private PointUndone undo(RecoveryScope scope) {
        PointUndone undone = beside.undo(scope);
        note(scope, undone.instance(), Beside.claim(undone.instance()));
        return undone;
    }

    private void note(RecoveryScope scope, String instance, String claim) {
        journal.put(
                BucketLayout.liveInstance(scope.target().name()),
                new LiveInstance(1, scope.target().cluster(), scope.incident(), instance, claim));
    }

    private Inspected inspect(PointInTimeRequest.Inspect request) {
        RecoveryScope scope = request.scope();
        InstanceState instance = beside.require(scope, request.instance());
        if (instance.endpoint() == null) {
            throw new DatabaseUnavailableException(
                    "Instance " + instance.name() + " has no address now.", "It is looked at again.");
        }
        Inspected inspected = insight.look(scope, beside.login(scope, instance.endpoint()));
        if (request.plan() != null) {
            new InstanceRecord(1, request.plan(), inspected, null).keep(journal, scope.incident(), instance.name());
            if (instance.pod().createdAt() != null) {
                measure(scope, request.plan(), instance.pod().createdAt());
            }
        }
        return inspected;
    }

    /** A database that is there before a pod is usually up says nothing about rates. The pod's own time keeps a second call from counting twice. */
    private void measure(RecoveryScope scope, PointPlan plan, Instant begun) {
        Rates known = rates(scope);
        double seconds = Duration.between(begun, clock.instant()).toMillis() / 1000.0 - Rates.POD_SECONDS;
        if (seconds > Rates.POD_SECONDS && !begun.equals(known.measuredAt())) {
            long bytes = plan.databaseBytes() + plan.walBytes();
            journal.put(BucketLayout.rates(scope.target().name()), known.restored(bytes, seconds, begun));
        }
    }
}
