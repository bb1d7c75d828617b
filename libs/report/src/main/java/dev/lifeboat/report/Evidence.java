package dev.lifeboat.report;

import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;

/**
 * What the last assessment of the target came to.
 *
 * @param condition such as {@code lost} or {@code healthy}
 * @param decision what followed, such as {@code restore} or {@code make-room}
 * @param reason why, one sentence
 * @param at when the last look ended
 * @param looks each with its answer
 * @param rejected the rungs that were not taken, cheapest first
 */
public record Evidence(
        String condition, String decision, String reason, Instant at, List<Look> looks, List<RejectedRung> rejected) {
    public Evidence {
        Require.text("evidence.condition", condition);
        Require.text("evidence.decision", decision);
        Require.text("evidence.reason", reason);
        looks = Require.listOrEmpty(looks);
        rejected = Require.listOrEmpty(rejected);
    }
}
