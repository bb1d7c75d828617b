package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;

/**
 * What {@code RecoverApplication}'s action assess found.
 *
 * @param decision what follows
 * @param reason why, one sentence
 * @param at when the last look ended
 * @param acted whether this incident has restarted or rolled back one of the Deployments before
 * @param deployments each by itself, in the target's order
 * @param restarts the Deployments that a restart is of
 * @param rollBacks what a roll-back is of, those together that were deployed together
 * @param rejected the decisions that were not taken, cheapest first
 */
public record ApplicationAssessment(
        ApplicationDecision decision,
        String reason,
        Instant at,
        boolean acted,
        List<DeploymentAssessment> deployments,
        List<String> restarts,
        List<RollBackTo> rollBacks,
        List<Rejected> rejected) {
    /**
     * A decision that was not taken.
     *
     * @param decision which
     * @param reason why not, one sentence
     */
    public record Rejected(ApplicationDecision decision, String reason) {
        public Rejected {
            Require.present("decision", decision);
            Require.text("reason", reason);
        }
    }

    public ApplicationAssessment {
        Require.present("decision", decision);
        Require.text("reason", reason);
        Require.present("at", at);
        deployments = Require.listOrEmpty(deployments);
        restarts = Require.listOrEmpty(restarts);
        rollBacks = Require.listOrEmpty(rollBacks);
        rejected = Require.listOrEmpty(rejected);
    }
}
