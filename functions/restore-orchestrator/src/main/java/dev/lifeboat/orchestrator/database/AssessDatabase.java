package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.PodState;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.PostgresPlace;
import dev.lifeboat.orchestrator.connection.SqlState;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.pgrestore.FencingTable;
import dev.lifeboat.pgrestore.RecoveryNotes;
import dev.lifeboat.pgrestore.RestoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Looks at the database from several sides, each with its own time limit. Of the target it changes one thing alone: what a cut-over that
 * died has closed is opened again, since nobody can look into a closed database.
 */
final class AssessDatabase {
    private static final Logger LOG = Logger.getLogger(AssessDatabase.class);

    private final PostgresPlace place;
    private final TargetLogins logins;
    private final ExpectedRows expectedRows;
    private final ReopenLive reopenLive;
    private final Clock clock;

    AssessDatabase(
            PostgresPlace place, TargetLogins logins, ExpectedRows expectedRows, ReopenLive reopenLive, Clock clock) {
        this.place = place;
        this.logins = logins;
        this.expectedRows = expectedRows;
        this.reopenLive = reopenLive;
        this.clock = clock;
    }

    Assessment assess(RecoveryScope scope) {
        Target target = scope.target();
        Findings findings = new Findings();
        Optional<PodState> pod = lookAtPod(target, findings);
        boolean cutOver = lookAtServer(scope, findings);
        Map<Look, LookResult.Answer> answers = findings.answers();
        Assessment assessment = new Assessment(
                AssessmentRules.decide(answers),
                findings.result(AssessmentRules.decidedBy(answers)).reason(),
                clock.instant(),
                findings.all(),
                pod.map(found -> new Assessment.Pod(found.name(), found.uid())).orElse(null),
                pod.isPresent() && AssessmentRules.restartPod(answers),
                cutOver);
        LOG.infof("Target %s is %s: %s", target.name(), assessment.condition(), assessment.reason());
        return assessment;
    }

    private Optional<PodState> lookAtPod(Target target, Findings findings) {
        try {
            Optional<PodState> pod = place.pod(target);
            pod.ifPresentOrElse(
                    found -> findings.note(
                            Look.POD_RUNS,
                            found.phase().equals("Running") && !found.terminating()
                                    ? LookResult.Answer.YES
                                    : LookResult.Answer.NO,
                            found.summary()),
                    () -> findings.no(Look.POD_RUNS, "No pod is behind Service " + target.postgresService() + "."));
            return pod;
        } catch (KubernetesUnavailableException e) {
            findings.unknown(Look.POD_RUNS, e.getMessage());
            return Optional.empty();
        }
    }

    /** @return whether the incident's swap is known to have been made */
    private boolean lookAtServer(RecoveryScope scope, Findings findings) {
        PostgresLogin administrator;
        try {
            administrator = logins.administrator(scope.target());
        } catch (KubernetesUnavailableException e) {
            findings.no(Look.SERVER_ANSWERS, e.getMessage());
            return false;
        }
        ConnectionLimits limits = ConnectionLimits.look("lifeboat-assess");
        ServerLooks server = new ServerLooks(findings, scope.target().database());
        boolean open;
        RecoveryNotes notes;
        try (Connection connection = administrator.connect("postgres", limits)) {
            Target target = scope.target();
            notes = RecoveryNotes.read(connection, target.name(), target.database(), scope.incident());
            fenceOff(scope, administrator, notes.token());
            if (notes.liveClosed() && server.isClosedWithData(connection)) {
                reopenLive.reopen(scope);
            }
            open = server.lookFrom(connection);
        } catch (SQLException e) {
            server.notAdmitted(e);
            return false;
        }
        if (open) {
            lookInside(scope.target(), administrator, limits, findings);
        }
        return notes.cutOver();
    }

    /**
     * Whoever acted under an older token may still run: it is kept from swapping what this look is about to judge. Where nobody has
     * acted yet there is nothing to keep off, and nothing is written.
     *
     * @throws dev.lifeboat.contract.error.FencedOffException when a newer owner has acted
     */
    private static void fenceOff(RecoveryScope scope, PostgresLogin administrator, long token) {
        if (token == 0 || token == scope.token()) {
            return;
        }
        String target = scope.target().name();
        try {
            FencingTable.raise(
                    database -> administrator.connect(database, ConnectionLimits.note("lifeboat-assess")),
                    target,
                    scope.token());
        } catch (RestoreException e) {
            if (e.kind() == RestoreException.Kind.FENCED) {
                throw RestoreFaults.translate(e);
            }
            // A disk that is full, for one: the look goes on, and every later act raises the token itself.
            LOG.warnf("Token %d of target %s could not be noted: %s", scope.token(), target, e.getMessage());
        }
    }

    private void lookInside(Target target, PostgresLogin administrator, ConnectionLimits limits, Findings findings) {
        DatabaseLooks inside = new DatabaseLooks(findings, expectedRows.of(target.backupOf()));
        try (Connection connection = administrator.connect(target.database(), limits)) {
            findings.yes(Look.ACCEPTS_CONNECTIONS, "Database " + target.database() + " accepts connections.");
            inside.lookFrom(connection);
        } catch (SQLException e) {
            // Closing failed, or connecting did: the first answer to each look stands.
            inside.notConnected(e, SqlState.describe(e));
        }
    }
}
