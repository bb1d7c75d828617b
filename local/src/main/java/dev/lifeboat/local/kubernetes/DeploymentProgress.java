package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a Deployment's status says of its rollout.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status">
 *     Deployment status</a>
 */
final class DeploymentProgress {
    private static final int DEFAULT_DEADLINE_SECONDS = 600;

    private final Deployment deployment;
    private final ReplicaSet current;
    private final Clock clock;

    DeploymentProgress(Deployment deployment, ReplicaSet current, Clock clock) {
        this.deployment = deployment;
        this.current = current;
        this.clock = clock;
    }

    /** The new status; empty when it says what the present one says. */
    Optional<DeploymentStatus> status(List<Pod> newPods, List<Pod> oldPods, int wanted) {
        int updated = newPods.size();
        int ready = count(newPods) + count(oldPods);
        boolean complete = count(newPods) == wanted && updated == wanted && oldPods.isEmpty();
        DeploymentStatus status = new DeploymentStatusBuilder()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(updated + oldPods.size())
                .withUpdatedReplicas(updated)
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .withUnavailableReplicas(Math.max(0, wanted - ready))
                .withConditions(
                        condition(
                                "Available",
                                ready >= wanted,
                                "MinimumReplicas" + (ready >= wanted ? "Available" : "Unavailable")),
                        progressing(complete))
                .build();
        return status.equals(deployment.getStatus()) ? Optional.empty() : Optional.of(status);
    }

    private static int count(List<Pod> pods) {
        return (int) pods.stream().filter(Pods::ready).count();
    }

    private DeploymentCondition progressing(boolean complete) {
        if (complete) {
            return condition("Progressing", true, "NewReplicaSetAvailable");
        }
        Integer configured = deployment.getSpec().getProgressDeadlineSeconds();
        int deadline = configured == null ? DEFAULT_DEADLINE_SECONDS : configured;
        Instant begun = Instant.parse(current.getMetadata().getCreationTimestamp());
        boolean late = Duration.between(begun, clock.instant()).toSeconds() > deadline && !wasComplete();
        return late
                ? condition("Progressing", false, "ProgressDeadlineExceeded")
                : condition("Progressing", true, "ReplicaSetUpdated");
    }

    /** A rollout that was complete once does not turn late because a pod of it fails afterwards. */
    private boolean wasComplete() {
        return deployment.getStatus() != null
                && Long.valueOf(deployment.getMetadata().getGeneration())
                        .equals(deployment.getStatus().getObservedGeneration())
                && deployment.getStatus().getConditions().stream()
                        .anyMatch(condition -> "NewReplicaSetAvailable".equals(condition.getReason()));
    }

    private DeploymentCondition condition(String type, boolean holds, String reason) {
        String status = holds ? "True" : "False";
        Optional<DeploymentCondition> before = deployment.getStatus() == null
                ? Optional.empty()
                : deployment.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals(status)
                                && condition.getReason().equals(reason))
                        .findFirst();
        return before.orElseGet(() -> new DeploymentConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withLastTransitionTime(clock.instant().toString())
                .withLastUpdateTime(clock.instant().toString())
                .build());
    }
}
