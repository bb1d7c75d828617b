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
import java.util.stream.Stream;

/** Reads the facts out of a pod. */
final class PodStates {
    private static final Duration SHORTEST_START = Duration.ofSeconds(30);

    /** Of a container whose turn comes when an init container is done: no reason of its own. */
    private static final String AFTER_ANOTHER = "PodInitializing";

    private PodStates() {}

    static PodState of(Pod pod) {
        PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        List<ContainerStatus> containers = containers(status);
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
                waitingReason(status, containers),
                containers.stream()
                        .flatMap(container -> lastExit(container).stream())
                        .findFirst()
                        .orElse(null),
                pod.getSpec() == null ? null : pod.getSpec().getNodeName(),
                Optional.ofNullable(pod.getMetadata().getCreationTimestamp())
                        .map(Instant::parse)
                        .orElse(null));
    }

    /**
     * Those that decide what becomes of the pod: init containers that have not done their work, in their order, before the others, which wait
     * for them (reason PodInitializing) and have nothing to say until then.
     */
    private static List<ContainerStatus> containers(PodStatus status) {
        return Stream.concat(
                        status.getInitContainerStatuses().stream().filter(container -> !isDone(container)),
                        status.getContainerStatuses().stream())
                .toList();
    }

    private static boolean isDone(ContainerStatus init) {
        return init.getState() != null
                && init.getState().getTerminated() != null
                && Integer.valueOf(0).equals(init.getState().getTerminated().getExitCode());
    }

    /**
     * Since when all containers run and the pod is not ready all the same; null when it is ready, or one does not run. What was ready and is
     * not any more counts from then, not from its start.
     */
    static Instant unreadySince(Pod pod) {
        Instant runs = runsSince(pod);
        Optional<PodCondition> ready = pod.getStatus() == null ? Optional.empty() : condition(pod.getStatus(), "Ready");
        if (runs == null
                || ready.filter(found -> "True".equals(found.getStatus())).isPresent()) {
            return null;
        }
        return ready.map(PodCondition::getLastTransitionTime)
                .map(Instant::parse)
                .filter(changed -> changed.isAfter(runs))
                .orElse(runs);
    }

    /** When a container ended last, whatever became of it since; null when none did. An init container that did its work has not ended so. */
    static Instant endedAt(Pod pod) {
        return pod.getStatus() == null
                ? null
                : containers(pod.getStatus()).stream()
                        .flatMap(container -> Stream.of(container.getState(), container.getLastState()))
                        .filter(state -> state != null && state.getTerminated() != null)
                        .map(state -> state.getTerminated().getFinishedAt())
                        .filter(Objects::nonNull)
                        .map(Instant::parse)
                        .max(Instant::compareTo)
                        .orElse(null);
    }

    private static Instant runsSince(Pod pod) {
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
                : containers(pod.getStatus()).stream()
                        .filter(container -> !Boolean.TRUE.equals(container.getReady()))
                        .map(ContainerStatus::getName)
                        .findFirst()
                        .orElse(null);
    }

    private static String waitingReason(PodStatus status, List<ContainerStatus> containers) {
        return containers.stream()
                .map(ContainerStatus::getState)
                .filter(state -> state != null && state.getWaiting() != null)
                .map(state -> state.getWaiting().getReason())
                .filter(Objects::nonNull)
                .filter(reason -> !reason.equals(AFTER_ANOTHER))
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
