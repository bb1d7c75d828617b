package dev.lifeboat.orchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Require;
import dev.lifeboat.orchestrator.assessment.LookResult;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import java.time.Instant;
import java.util.List;

/**
 * What {@code RecoverCluster}'s action assess found.
 *
 * @param decision what follows
 * @param reason why, one sentence
 * @param cluster which one was looked at: the one that the target parameter names
 * @param at when the last look ended
 * @param looks every look, in order
 * @param rejected the decisions that were not taken, cheapest first
 * @param rebuilt the rebuild that has put this cluster in place and is to be finished by this incident; null when there is none
 */
public record ClusterAssessment(
        ClusterDecision decision,
        String reason,
        String cluster,
        Instant at,
        List<LookResult<ClusterLook>> looks,
        List<Rejected> rejected,
        Rebuilt rebuilt) {
    /**
     * A rebuild, as its record has it.
     *
     * @param generation the cluster and the one before it
     * @param facts what its machine had come to
     */
    public record Rebuilt(Generation generation, JsonNode facts) {
        public Rebuilt {
            Require.present("generation", generation);
        }
    }

    /**
     * A decision that was not taken.
     *
     * @param decision which
     * @param reason why not, one sentence
     */
    public record Rejected(ClusterDecision decision, String reason) {
        public Rejected {
            Require.present("decision", decision);
            Require.text("reason", reason);
        }
    }

    public ClusterAssessment {
        Require.present("decision", decision);
        Require.text("reason", reason);
        Require.text("cluster", cluster);
        Require.present("at", at);
        looks = Require.listOrEmpty(looks);
        rejected = Require.listOrEmpty(rejected);
    }
}
