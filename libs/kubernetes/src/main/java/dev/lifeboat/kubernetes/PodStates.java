package dev.lifeboat.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads the facts out of a pod. */
final class PodStates {
    private PodStates() {}

    static PodState of(Pod pod) {
        PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        List<ContainerStatus> containers = status.getContainerStatuses();
        return new PodState(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                status.getPodIP(),
                Objects.requireNonNullElse(status.getPhase(), "Unknown"),
                condition(status, "Ready")
                        .map(ready -> "True".equals(ready.getStatus()))
                        .orElse(false),
                pod.getMetadata().getDeletionTimestamp() != null,
                containers.stream()
                        .mapToInt(container -> Objects.requireNonNullElse(container.getRestartCount(), 0))
                        .sum(),
                waitingReason(status),
                containers.stream()
                        .flatMap(container -> lastExit(container).stream())
                        .findFirst()
                        .orElse(null),
                pod.getSpec() == null ? null : pod.getSpec().getNodeName(),
                Optional.ofNullable(pod.getMetadata().getCreationTimestamp())
                        .map(Instant::parse)
                        .orElse(null));
    }

    private static String waitingReason(PodStatus status) {
        return status.getContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .filter(state -> state != null && state.getWaiting() != null)
                .map(state -> state.getWaiting().getReason())
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> condition(status, "PodScheduled")
                        .filter(scheduled -> "False".equals(scheduled.getStatus()))
                        .map(PodCondition::getReason))
                .orElse(null);
    }

    private static Optional<String> lastExit(ContainerStatus container) {
        return Optional.ofNullable(container.getState())
                .map(ContainerState::getTerminated)
                .or(() -> Optional.ofNullable(container.getLastState()).map(ContainerState::getTerminated))
                .map(PodStates::exit);
    }

    private static String exit(ContainerStateTerminated terminated) {
        return Objects.requireNonNullElse(terminated.getReason(), "ended") + " (" + terminated.getExitCode() + ")";
    }

    private static Optional<PodCondition> condition(PodStatus status, String type) {
        return status.getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }
}
