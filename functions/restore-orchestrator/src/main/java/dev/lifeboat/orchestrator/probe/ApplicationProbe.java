package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.application.ApplicationHealth;
import dev.lifeboat.orchestrator.application.ApplicationHealth.Seen;
import dev.lifeboat.orchestrator.application.HealthyRevisions;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Looks whether the target's Deployments are well, and records which revisions have been for long enough. */
class ApplicationProbe {
    private static final Logger LOG = Logger.getLogger(ApplicationProbe.class);

    private final ApplicationHealth health;
    private final Supplier<HealthyRevisions> records;

    ApplicationProbe(ApplicationHealth health, Supplier<HealthyRevisions> records) {
        this.health = health;
        this.records = records;
    }

    /** Empty when the target has no Deployments, or nobody could tell: a cluster that does not answer is another alarm's business. */
    Optional<Seen> look(Target target) {
        if (target.deployments().isEmpty()) {
            return Optional.empty();
        }
        Optional<Seen> seen = ask(target);
        seen.ifPresent(found -> record(target, found));
        return seen;
    }

    private Optional<Seen> ask(Target target) {
        try {
            return Optional.of(health.look(target));
        } catch (MisconfiguredException e) {
            // Such as a Deployment that is not there any more.
            return Optional.of(Seen.unhealthy(e.getMessage()));
        } catch (LifeboatException e) {
            LOG.warnf("The Deployments cannot be looked at: %s", e.getMessage());
            return Optional.empty();
        }
    }

    /** A record that cannot be written is written a minute later: the metric counts more. */
    private void record(Target target, Seen seen) {
        try {
            if (seen.settled()) {
                records.get().well(target, seen.inUse());
            } else {
                records.get().notWell(target);
            }
        } catch (LifeboatException e) {
            LOG.warnf("Which revisions are healthy cannot be recorded: %s", e.getMessage());
        }
    }
}
