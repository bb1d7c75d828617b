package dev.lifeboat.report;

import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;

/**
 * What the last assessment of the target came to.
 *
 * @param condition such as {@code lost} or {@code healthy}
 * @param reason why, one sentence
 * @param at when the last look ended
 * @param looks in the order made
 */
public record Evidence(String condition, String reason, Instant at, List<Look> looks) {
    public Evidence {
        Require.text("evidence.condition", condition);
        Require.text("evidence.reason", reason);
        looks = Require.listOrEmpty(looks);
    }
}
