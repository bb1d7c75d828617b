package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.Require;
import java.time.Instant;

/**
 * On whose behalf Deployments are restarted.
 *
 * @param incident a Deployment that was restarted for it already is left alone
 * @param target names the lease that the token is of
 * @param token the lease's fencing token: a write on behalf of an older one is refused
 * @param at the time to write into {@code kubectl.kubernetes.io/restartedAt}
 */
public record Restart(String incident, String target, long token, Instant at) {
    /** The token with which it writes. */
    Fence fence() {
        return new Fence(target, token);
    }

    public Restart {
        Require.text("incident", incident);
        Require.text("target", target);
        Require.range("token", token, 1, Long.MAX_VALUE);
        Require.present("at", at);
    }
}
