package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.Require;
import dev.lifeboat.orchestrator.assessment.LookResult;
import java.time.Instant;
import java.util.List;

/**
 * What {@code RecoverApplication}'s action assess found.
 *
 * @param decision what follows
 * @param reason why, one sentence
 * @param at when the last look ended
 * @param looks every look, in order
 * @param rejected the decisions that were not taken, cheapest first
 */
public record ApplicationAssessment(
        ApplicationDecision decision,
        String reason,
        Instant at,
        List<LookResult<ApplicationLook>> looks,
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
        looks = Require.listOrEmpty(looks);
        rejected = Require.listOrEmpty(rejected);
    }
}
