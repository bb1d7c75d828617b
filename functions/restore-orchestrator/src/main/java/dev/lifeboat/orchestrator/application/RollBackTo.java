package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.Require;
import java.util.List;

/**
 * A Deployment, and the revision that it is rolled back to.
 *
 * @param deployment its name
 * @param fingerprint of the content that it gets again
 * @param fromFingerprint of the content that it has: what was deployed since is not rolled back
 * @param fromRevision the number of the revision that it has
 * @param fromImages the images that it has
 * @param toRevision the number of the revision that it gets again
 * @param toImages the images that it gets again
 */
public record RollBackTo(
        String deployment,
        String fingerprint,
        String fromFingerprint,
        long fromRevision,
        List<String> fromImages,
        long toRevision,
        List<String> toImages) {
    public RollBackTo {
        Require.text("rollBack.deployment", deployment);
        Require.text("rollBack.fingerprint", fingerprint);
        Require.text("rollBack.fromFingerprint", fromFingerprint);
        fromImages = Require.listOrEmpty(fromImages);
        toImages = Require.listOrEmpty(toImages);
    }
}
