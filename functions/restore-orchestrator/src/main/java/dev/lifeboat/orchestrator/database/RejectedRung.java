package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.Require;

/**
 * A rung that was not taken.
 *
 * @param rung which
 * @param reason why not, one sentence
 */
public record RejectedRung(Rung rung, String reason) {
    public RejectedRung {
        Require.present("rung", rung);
        Require.text("reason", reason);
    }
}
