package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.contract.Require;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.probe.InvariantResult;
import java.time.Instant;
import java.util.List;

/**
 * What {@code RecoverDatabase}'s action assess-corruption found.
 *
 * @param decision what follows
 * @param reason why, one sentence
 * @param begun whether a recovery of this incident has put an instance in place already, and may have died before all was done
 * @param at when the last look ended
 * @param looks every look, in order
 * @param invariants what each of them said, in their order
 * @param rejected the decisions that were not taken, cheapest first
 */
public record CorruptionAssessment(
        CorruptionDecision decision,
        String reason,
        boolean begun,
        Instant at,
        List<LookResult<CorruptionLook>> looks,
        List<InvariantResult> invariants,
        List<Rejected> rejected) {
    /**
     * A decision that was not taken.
     *
     * @param decision which
     * @param reason why not, one sentence
     */
    public record Rejected(CorruptionDecision decision, String reason) {
        public Rejected {
            Require.present("decision", decision);
            Require.text("reason", reason);
        }
    }

    public CorruptionAssessment {
        Require.present("decision", decision);
        Require.text("reason", reason);
        Require.present("at", at);
        looks = Require.listOrEmpty(looks);
        invariants = Require.listOrEmpty(invariants);
        rejected = Require.listOrEmpty(rejected);
    }
}
