package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.Require;

/**
 * To which revision a Deployment is rolled back, and on whose behalf.
 *
 * @param incident which it is noted for on the Deployment
 * @param fence the token with which it writes
 * @param deployment its name
 * @param fromFingerprint of the content that it has: what somebody deployed since is left alone
 * @param fingerprint of the content that it is to have again, {@link Revision#fingerprint()}
 */
public record RollBack(String incident, Fence fence, String deployment, String fromFingerprint, String fingerprint) {
    public RollBack {
        Require.text("incident", incident);
        Require.present("fence", fence);
        Require.text("deployment", deployment);
        Require.text("fromFingerprint", fromFingerprint);
        Require.text("fingerprint", fingerprint);
    }
}
