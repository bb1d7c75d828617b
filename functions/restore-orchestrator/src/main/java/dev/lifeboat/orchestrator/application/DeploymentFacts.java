package dev.lifeboat.orchestrator.application;

import dev.lifeboat.kubernetes.Revision;
import dev.lifeboat.kubernetes.WorkloadState;

/**
 * What is known of a Deployment: of Kubernetes, and of what was recorded.
 *
 * @param state what Kubernetes says
 * @param current what is recorded of the revision that it wants; null when it was never seen healthy
 * @param triedInVain whether this recovery has rolled back to the revision that it wants, in vain
 * @param back the newest older revision that was recorded as healthy, and was not tried in vain; null when there is none
 * @param recordsUnread why the records could not be read; null when they were
 */
record DeploymentFacts(
        WorkloadState state, HealthyRevision current, boolean triedInVain, Revision back, String recordsUnread) {
    String name() {
        return state.name();
    }
}
