package dev.lifeboat.contract.recovery;

import dev.lifeboat.contract.Require;

/**
 * On whose behalf a step acts.
 *
 * @param incident names the incident
 * @param target what is recovered
 * @param token the lease's fencing token, 1 or more: every destructive act carries it to where it acts
 */
public record RecoveryScope(String incident, Target target, long token) {
    public RecoveryScope {
        Require.text("scope.incident", incident);
        Require.present("scope.target", target);
        Require.range("scope.token", token, 1, Long.MAX_VALUE);
    }
}
