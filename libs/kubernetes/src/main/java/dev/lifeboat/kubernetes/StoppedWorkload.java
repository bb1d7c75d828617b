package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.Require;

/**
 * A workload as it was before it was stopped.
 *
 * @param kind Deployment, StatefulSet or CronJob
 * @param name its name
 * @param replicas how many it had; of a CronJob 1 when it was not suspended, else 0
 */
public record StoppedWorkload(String kind, String name, int replicas) {
    public StoppedWorkload {
        Require.text("kind", kind);
        Require.text("name", name);
    }
}
