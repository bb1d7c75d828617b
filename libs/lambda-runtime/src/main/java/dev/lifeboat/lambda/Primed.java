package dev.lifeboat.lambda;

/**
 * A bean that takes part in a SnapStart snapshot. Lambda takes it when a version is published, and starts every later function
 * from it: what runs in {@link #prime()} is paid once, not at three in the morning in the middle of a recovery.
 */
public interface Primed {
    /**
     * Called before the snapshot: uses what the function will use (parsers, SDK classes) without talking to anything, then lets go
     * of everything that would be stale after a restore: connections, credentials, DNS answers, random seeds.
     */
    void prime();
}
