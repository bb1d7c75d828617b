package dev.lifeboat.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads the facts out of a pod. */
final class PodStates {
    private static final Duration SHORTEST_START = Duration.ofSeconds(30);

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

    /** Since when all containers run without a break; null while one does not. */
    static Instant runsSince(Pod pod) {
        List<ContainerStatus> containers =
                pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
        List<Instant> starts = containers.stream()
                .map(ContainerStatus::getState)
                .filter(state -> state != null && state.getRunning() != null)
                .map(state -> state.getRunning().getStartedAt())
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .toList();
        return starts.isEmpty() || starts.size() < containers.size()
                ? null
                : starts.stream().max(Instant::compareTo).orElseThrow();
    }

    /** What the probes allow the slowest container until it is ready, at least half a minute. */
    static Duration mayTake(Pod pod) {
        return pod.getSpec() == null
                ? SHORTEST_START
                : pod.getSpec().getContainers().stream()
                        .map(container -> container.getStartupProbe() == null
                                ? container.getReadinessProbe()
                                : container.getStartupProbe())
                        .filter(Objects::nonNull)
                        .map(PodStates::allowance)
                        .filter(allowance -> allowance.compareTo(SHORTEST_START) > 0)
                        .max(Duration::compareTo)
                        .orElse(SHORTEST_START);
    }

    /** With the API's defaults. */
    private static Duration allowance(Probe probe) {
        int delay = Objects.requireNonNullElse(probe.getInitialDelaySeconds(), 0);
        int period = Objects.requireNonNullElse(probe.getPeriodSeconds(), 10);
        int failures = Objects.requireNonNullElse(probe.getFailureThreshold(), 3);
        return Duration.ofSeconds(delay + (long) period * failures);
    }

    /** The first container that is not ready; null when all are, or none is known. */
    static String notReady(Pod pod) {
        return pod.getStatus() == null
                ? null
                : pod.getStatus().getContainerStatuses().stream()
                        .filter(container -> !Boolean.TRUE.equals(container.getReady()))
                        .map(ContainerStatus::getName)
                        .findFirst()
                        .orElse(null);
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
