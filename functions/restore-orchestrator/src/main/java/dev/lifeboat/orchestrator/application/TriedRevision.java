package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.Require;

/**
 * A revision that a recovery has rolled back to in vain.
 *
 * @param deployment whose
 * @param fingerprint of its content
 */
public record TriedRevision(String deployment, String fingerprint) {
    public TriedRevision {
        Require.text("tried.deployment", deployment);
        Require.text("tried.fingerprint", fingerprint);
    }
}
