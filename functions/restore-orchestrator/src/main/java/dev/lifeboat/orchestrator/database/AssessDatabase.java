package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.LastTakeOver;
import dev.lifeboat.kubernetes.PodState;
import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.Findings;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.assessment.Rule;
import dev.lifeboat.orchestrator.assessment.SideBySide;
import dev.lifeboat.orchestrator.connection.BlockVolumes;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.PostgresPlace;
import dev.lifeboat.orchestrator.connection.SqlState;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.orchestrator.database.Assessment.TakeOver;
import dev.lifeboat.pgrestore.FencingTable;
import dev.lifeboat.pgrestore.RecoveryNotes;
import dev.lifeboat.pgrestore.RestoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Looks at the database from several sides at once, each with its own time limit. Of the target it changes one thing alone: what a
 * cut-over that died has closed is opened again, since nobody can look into a closed database.
 */
final class AssessDatabase {
    private static final Logger LOG = Logger.getLogger(AssessDatabase.class);
    private static final Duration KUBERNETES = Duration.ofSeconds(12);
    // From when the server's address is known, or is given up.
    private static final Duration PORT = Duration.ofSeconds(5);
    private static final Duration SERVER = Duration.ofSeconds(20);
    private static final Duration WRITE = Duration.ofSeconds(15);
    private static final Duration INSIDE = Duration.ofSeconds(30);

    private final PostgresPlace place;
    private final BlockVolumes blockVolumes;
    private final TargetLogins logins;
    private final ExpectedRows expectedRows;
    private final ReopenLive reopenLive;
    private final Clock clock;

    AssessDatabase(
            PostgresPlace place,
            BlockVolumes blockVolumes,
            TargetLogins logins,
            ExpectedRows expectedRows,
            ReopenLive reopenLive,
            Clock clock) {
        this.place = place;
        this.blockVolumes = blockVolumes;
        this.logins = logins;
        this.expectedRows = expectedRows;
        this.reopenLive = reopenLive;
        this.clock = clock;
    }

    /** What the server's looks say to the others. */
    private record Server(boolean open, boolean cutOver) {
        private static final Server SILENT = new Server(false, false);
    }

    /** Where the server is, and what has put it there. */
    private record Located(Optional<PostgresLogin> login, Optional<LastTakeOver> put) {
        private static final Located NOWHERE = new Located(Optional.empty(), Optional.empty());
    }

    Assessment assess(RecoveryScope scope) {
        Target target = scope.target();
        Findings<Look> findings = new Findings<>(Look.class);
        KubernetesLooks kubernetes = new KubernetesLooks(place, blockVolumes, target);
        try (SideBySide<Look> looks = new SideBySide<>(findings)) {
            SideBySide<Look>.Taken<Optional<PodState>> pod = looks.take(
                    KUBERNETES, Optional.empty(), List.of(Look.POD_RUNS, Look.POD_READY), kubernetes::lookAtPod);
            SideBySide<Look>.Taken<Void> volumes =
                    looks.take(KUBERNETES, List.of(Look.VOLUME_BOUND, Look.VOLUME_EXISTS), kubernetes::lookAtVolumes);
            Located server = locate(looks, scope);
            boolean cutOver = server.login()
                    .map(administrator -> lookAtServer(looks, administrator, scope))
                    .orElse(false);
            volumes.await();
            TakeOver takeOver = server.put()
                    .map(last -> takeOver(scope, last, findings.result(Look.OUT_OF_RECOVERY)))
                    .orElse(TakeOver.NONE);
            return judge(target, findings, pod.await(), cutOver, takeOver);
        }
    }

    private Located locate(SideBySide<Look> looks, RecoveryScope scope) {
        SideBySide<Look>.Taken<Located> server = looks.take(
                KUBERNETES, Located.NOWHERE, List.of(Look.SERVER_ANSWERS), findings -> locate(scope, findings));
        return server.await();
    }

    private Located locate(RecoveryScope scope, Findings<Look> findings) {
        Optional<LastTakeOver> put = Optional.empty();
        try {
            put = put(scope.target());
            return new Located(Optional.of(logins.administrator(scope.target())), put);
        } catch (KubernetesUnavailableException e) {
            // An instance that is being restored in place may have no address yet.
            findings.unknown(Look.SERVER_ANSWERS, e.getMessage());
            return new Located(Optional.empty(), put);
        }
    }

    /** What a healthy database is changed for all the same, and why one that only waits does not come up by itself. */
    private static String left(Decision decision, TakeOver takeOver) {
        if (takeOver == TakeOver.BEGUN) {
            return " It is being restored in place, by a recovery that died before it was at its point: that is begun again.";
        }
        return decision != Decision.NOT_NEEDED
                ? ""
                : switch (takeOver) {
                    case NONE, BEGUN -> "";
                    case OURS ->
                        " This incident's recovery has put this instance in place: what is left of it is done.";
                    case UNFINISHED ->
                        " An earlier recovery has put this instance in place and died: what was live before is still in use,"
                                + " and is taken out of use.";
                };
    }

    /** A drill puts no instance in place, and finishes nobody's. */
    private Optional<LastTakeOver> put(Target target) {
        return target.purpose() == Target.Purpose.DRILL ? Optional.empty() : place.lastTakeOver(target);
    }

    private static TakeOver takeOver(RecoveryScope scope, LastTakeOver last, LookResult<Look> outOfRecovery) {
        if (last.restoring() && outOfRecovery.answer() != LookResult.Answer.YES) {
            return TakeOver.BEGUN;
        }
        return scope.incident().equals(last.incident())
                ? TakeOver.OURS
                : last.unfinished() ? TakeOver.UNFINISHED : TakeOver.NONE;
    }

    /** @return whether the incident's swap is known to have been made */
    private boolean lookAtServer(SideBySide<Look> looks, PostgresLogin administrator, RecoveryScope scope) {
        SideBySide<Look>.Taken<Void> port =
                looks.take(PORT, List.of(Look.PORT_OPEN), findings -> PortLook.look(administrator, findings));
        SideBySide<Look>.Taken<Void> write = looks.take(
                WRITE, List.of(Look.HAS_ROOM, Look.WRITABLE), findings -> new WriteLook(findings).look(administrator));
        Server server = looks.take(
                        SERVER,
                        Server.SILENT,
                        List.of(Look.SERVER_ANSWERS),
                        findings -> lookFromPostgres(administrator, scope, findings))
                .await();
        if (server.open()) {
            looks.take(
                            INSIDE,
                            List.of(Look.ACCEPTS_CONNECTIONS, Look.HAS_TABLES, Look.HOLDS_ROWS, Look.READABLE),
                            findings -> lookInside(administrator, scope.target(), findings))
                    .await();
        }
        write.await();
        port.await();
        return server.cutOver();
    }

    private Server lookFromPostgres(PostgresLogin administrator, RecoveryScope scope, Findings<Look> findings) {
        Target target = scope.target();
        ServerLooks server = new ServerLooks(findings, target.database());
        try (Connection connection = administrator.connect("postgres", ConnectionLimits.look("lifeboat-assess"))) {
            RecoveryNotes notes = RecoveryNotes.read(connection, target.name(), target.database(), scope.incident());
            Optional<String> refused = fenceOff(scope, administrator, notes.token());
            if (refused.isPresent()) {
                server.lookUnguarded(connection, refused.get());
                return new Server(false, notes.cutOver());
            }
            if (notes.liveClosed() && server.isClosedWithData(connection)) {
                reopenLive.reopen(scope);
            }
            return new Server(server.lookFrom(connection), notes.cutOver());
        } catch (SQLException e) {
            server.notAdmitted(e);
            return Server.SILENT;
        }
    }

    /**
     * Whoever acted under an older token may still run: it is kept from swapping what this look is about to judge. Where nobody has
     * acted yet there is nothing to keep off, and nothing is written.
     *
     * @return why it could not be kept off; empty when it is, or when there is nobody to keep off
     * @throws dev.lifeboat.contract.error.FencedOffException when a newer owner has acted
     */
    private static Optional<String> fenceOff(RecoveryScope scope, PostgresLogin administrator, long token) {
        if (token == 0 || token == scope.token()) {
            return Optional.empty();
        }
        String target = scope.target().name();
        try {
            FencingTable.raise(
                    database -> administrator.connect(database, ConnectionLimits.note("lifeboat-assess")),
                    target,
                    scope.token());
            return Optional.empty();
        } catch (RestoreException e) {
            if (e.kind() == RestoreException.Kind.FENCED) {
                throw RestoreFaults.translate(e);
            }
            return Optional.of("Whoever acted under token " + token
                    + " may still change the database, since our token could not be noted: " + e.getMessage());
        }
    }

    private void lookInside(PostgresLogin administrator, Target target, Findings<Look> findings) {
        DatabaseLooks inside = new DatabaseLooks(findings, expectedRows.of(target.backupOf()));
        try (Connection connection =
                administrator.connect(target.database(), ConnectionLimits.look("lifeboat-assess"))) {
            findings.yes(Look.ACCEPTS_CONNECTIONS, "Database " + target.database() + " accepts connections.");
            inside.lookFrom(connection);
        } catch (SQLException e) {
            // Closing failed, or connecting did: the first answer to each look stands.
            inside.notConnected(e, SqlState.describe(e));
        }
    }

    private Assessment judge(
            Target target, Findings<Look> findings, Optional<PodState> pod, boolean cutOver, TakeOver takeOver) {
        // Taken once: a look that comes too late must not change what the decision is explained by.
        List<LookResult<Look>> looks = findings.all();
        Rule<Look, Decision> rule = AssessmentRules.rule(Evidence.of(looks));
        Decision decision = rule.decision();
        String reason = LookResult.of(looks, rule.decidedBy()).reason() + left(decision, takeOver);
        LOG.infof("Target %s: %s: %s", target.name(), decision, reason);
        return new Assessment(
                decision.condition(),
                decision,
                reason,
                clock.instant(),
                looks,
                RejectedRungs.of(decision, reason),
                pod.map(found -> new Assessment.Pod(found.name(), found.uid())).orElse(null),
                pod.isPresent() && decision == Decision.RESTART_POD,
                cutOver,
                takeOver);
    }
}
