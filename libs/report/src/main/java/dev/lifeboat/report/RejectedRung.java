package dev.lifeboat.report;

import dev.lifeboat.contract.Require;

/**
 * A rung of the ladder that was not taken.
 *
 * @param rung such as {@code restart-pod}
 * @param reason why not, one sentence
 */
public record RejectedRung(String rung, String reason) {
    public RejectedRung {
        Require.text("rejectedRung.rung", rung);
        Require.text("rejectedRung.reason", reason);
    }
}
