package dev.lifeboat.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Objects;

/** The rules of {@code kubectl rollout status} (kubectl's polymorphichelpers, DeploymentStatusViewer), in its order. */
final class RolloutRules {
    private final Deployment deployment;
    private final DeploymentStatus status;

    private RolloutRules(Deployment deployment) {
        this.deployment = deployment;
        this.status = deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
    }

    static RolloutStatus of(Deployment deployment) {
        return new RolloutRules(deployment).status();
    }

    private RolloutStatus status() {
        long generation = Objects.requireNonNullElse(deployment.getMetadata().getGeneration(), 0L);
        if (Objects.requireNonNullElse(status.getObservedGeneration(), 0L) < generation) {
            return waiting("waiting for the controller to see the change");
        }
        DeploymentCondition late = deadlineExceeded();
        if (late != null) {
            String detail = late.getMessage() == null ? "" : ": " + late.getMessage();
            return result(false, true, "exceeded its progress deadline" + detail);
        }
        int updated = number(status.getUpdatedReplicas());
        if (updated < desired()) {
            return waiting(updated + " of " + desired() + " new pods made");
        }
        int old = number(status.getReplicas()) - updated;
        if (old > 0) {
            return waiting(old + (old == 1 ? " old pod" : " old pods") + " still to end");
        }
        if (available() < updated) {
            return waiting(available() + " of " + updated + " new pods available");
        }
        return result(true, false, "rolled out");
    }

    private DeploymentCondition deadlineExceeded() {
        return status.getConditions().stream()
                .filter(condition -> "Progressing".equals(condition.getType()))
                .filter(condition -> "ProgressDeadlineExceeded".equals(condition.getReason()))
                .findFirst()
                .orElse(null);
    }

    private RolloutStatus waiting(String reason) {
        return result(false, false, reason);
    }

    private RolloutStatus result(boolean complete, boolean failed, String reason) {
        int ready = Math.min(available(), number(status.getUpdatedReplicas()));
        return new RolloutStatus(deployment.getMetadata().getName(), ready, desired(), complete, failed, reason);
    }

    private int desired() {
        Integer replicas =
                deployment.getSpec() == null ? null : deployment.getSpec().getReplicas();
        // The API's default.
        return replicas == null ? 1 : replicas;
    }

    private int available() {
        return number(status.getAvailableReplicas());
    }

    private static int number(Integer value) {
        return value == null ? 0 : value;
    }
}
