package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One pod: its init containers one after the other, then its containers together, and the status that says so. All
 * methods take its lock, so that a disaster does not race with a restart.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/">Pod lifecycle</a>
 */
final class PodWorker {
    private final String ip;
    private final Clock clock;
    private final List<ContainerWorker> initial;
    private final List<ContainerWorker> main;
    private final String startTime;
    private PodStatus lastStatus;
    private String readySince;

    PodWorker(Pod pod, String ip, Clock clock, Function<Container, ContainerWorker> workers) {
        this.ip = ip;
        this.clock = clock;
        this.initial = pod.getSpec().getInitContainers().stream().map(workers).toList();
        this.main = pod.getSpec().getContainers().stream().map(workers).toList();
        this.startTime = clock.instant().toString();
    }

    /** @return the pod's new status, or null when it is as it was */
    synchronized PodStatus tick(Pod pod) {
        Pod addressed = pod.edit().withStatus(status()).build();
        boolean initialised = true;
        for (ContainerWorker worker : initial) {
            if (initialised) {
                worker.tick(initPod(addressed));
                initialised = worker.succeeded();
            }
        }
        if (initialised) {
            main.forEach(worker -> worker.tick(addressed));
        }
        PodStatus status = status();
        if (Objects.equals(status, lastStatus)) {
            return null;
        }
        lastStatus = status;
        return status;
    }

    private static Pod initPod(Pod pod) {
        // An init container that ended well is done, also in a pod whose containers always restart.
        return "Never".equals(pod.getSpec().getRestartPolicy())
                ? pod
                : pod.edit().editSpec().withRestartPolicy("OnFailure").endSpec().build();
    }

    /**
     * Kills every process of the pod, and does what comes with it before any container is started again.
     *
     * @param meanwhile while nothing of the pod runs
     */
    synchronized void kill(Runnable meanwhile) {
        running().forEach(RunningContainer::kill);
        meanwhile.run();
    }

    /** Holds every container, or lets them go on. */
    synchronized void pause(boolean paused) {
        running().forEach(container -> container.pause(paused));
    }

    synchronized void stop() {
        running().forEach(RunningContainer::stop);
    }

    private Stream<RunningContainer> running() {
        return Stream.concat(initial.stream(), main.stream())
                .map(ContainerWorker::running)
                .filter(Objects::nonNull);
    }

    private PodStatus status() {
        boolean ready = main.stream().allMatch(ContainerWorker::ready);
        if (ready && readySince == null) {
            readySince = clock.instant().toString();
        } else if (!ready) {
            readySince = null;
        }
        return new PodStatusBuilder()
                .withPhase(phase())
                .withPodIP(ip)
                .withPodIPs(new PodIP(ip))
                .withHostIP("127.0.0.1")
                .withStartTime(startTime)
                .withConditions(
                        condition("PodScheduled", true, startTime),
                        condition("Initialized", initial.stream().allMatch(ContainerWorker::succeeded), startTime),
                        condition("ContainersReady", ready, readySince),
                        condition("Ready", ready, readySince))
                .withInitContainerStatuses(
                        initial.stream().map(ContainerWorker::status).toList())
                .withContainerStatuses(
                        main.stream().map(ContainerWorker::status).toList())
                .build();
    }

    private String phase() {
        if (main.stream().allMatch(ContainerWorker::over)) {
            return main.stream().allMatch(ContainerWorker::succeeded) ? "Succeeded" : "Failed";
        }
        if (initial.stream().anyMatch(worker -> worker.over() && !worker.succeeded())) {
            return "Failed";
        }
        return main.stream().allMatch(ContainerWorker::hasStarted) ? "Running" : "Pending";
    }

    private static PodCondition condition(String type, boolean holds, String since) {
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(holds ? "True" : "False")
                .withLastTransitionTime(since)
                .build();
    }
}
