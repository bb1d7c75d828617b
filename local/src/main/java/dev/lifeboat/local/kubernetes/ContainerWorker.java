package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * One container of a pod: started, probed, and started again by the pod's restart policy, with a back-off that doubles
 * from half a second to five (a cluster's goes from ten seconds to five minutes; a drill does not wait for that).
 * Not thread-safe but for its probe.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-states">Container states</a>
 */
final class ContainerWorker {
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(500);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);

    private final Container container;
    private final ContainerStarter starter;
    private final Clock clock;
    private final Executor probes;

    private RunningContainer running;
    private Instant startAt = Instant.MIN;
    private Instant startedAt;
    private Duration backOff = FIRST_BACK_OFF;
    private int restarts;
    private Integer lastExit;
    private Instant endedAt;
    private boolean over;
    private String waiting = "ContainerCreating";
    private String waitingMessage = "";

    private volatile boolean ready;
    private volatile boolean probing;
    private Instant probedAt = Instant.MIN;

    ContainerWorker(Container container, ContainerStarter starter, Clock clock, Executor probes) {
        this.container = container;
        this.starter = starter;
        this.clock = clock;
        this.probes = probes;
    }

    /** Looks at the container once, and does what is due. */
    void tick(Pod pod) {
        if (over) {
            return;
        }
        if (running != null && !running.alive()) {
            ended(pod.getSpec().getRestartPolicy());
        }
        if (running == null && !over && !clock.instant().isBefore(startAt)) {
            start(pod);
        }
        if (running != null) {
            probe(running, container.getReadinessProbe());
        }
    }

    private void start(Pod pod) {
        try {
            running = starter.start(pod, container);
            startedAt = clock.instant();
            ready = container.getReadinessProbe() == null;
        } catch (ImageMissingFault e) {
            waiting = waiting.equals("ErrImagePull") ? "ImagePullBackOff" : "ErrImagePull";
            waitingMessage = e.getMessage();
            delay();
        } catch (ApiFault e) {
            waiting = "CreateContainerError";
            waitingMessage = e.getMessage();
            delay();
        }
    }

    private void ended(String restartPolicy) {
        lastExit = running.exitCode();
        endedAt = clock.instant();
        running = null;
        ready = false;
        if ("Never".equals(restartPolicy) || ("OnFailure".equals(restartPolicy) && lastExit == 0)) {
            over = true;
            return;
        }
        if (Duration.between(startedAt, clock.instant()).compareTo(LONGEST_BACK_OFF) > 0) {
            backOff = FIRST_BACK_OFF;
        }
        restarts++;
        waiting = "CrashLoopBackOff";
        waitingMessage = "back-off " + backOff.toMillis() + "ms restarting failed container=" + container.getName();
        delay();
    }

    private void delay() {
        startAt = clock.instant().plus(backOff);
        Duration doubled = backOff.multipliedBy(2);
        backOff = doubled.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : doubled;
    }

    private void probe(RunningContainer target, Probe probe) {
        if (probe == null || probing || clock.instant().isBefore(probedAt.plusMillis(periodMillis()))) {
            return;
        }
        probing = true;
        probes.execute(() -> {
            try {
                boolean answer = target.answers(probe);
                ready = answer && target.alive();
            } finally {
                probing = false;
            }
        });
        probedAt = clock.instant();
    }

    /** Twice a second until it is ready, then every two seconds, whatever the manifest says: a drill is short. */
    private long periodMillis() {
        return ready ? 2000 : 500;
    }

    boolean ready() {
        return running != null && ready;
    }

    boolean over() {
        return over;
    }

    boolean succeeded() {
        return over && lastExit == 0;
    }

    boolean hasStarted() {
        return startedAt != null;
    }

    RunningContainer running() {
        return running;
    }

    ContainerStatus status() {
        return new ContainerStatusBuilder()
                .withName(container.getName())
                .withImage(container.getImage())
                .withReady(ready())
                .withStarted(running != null)
                .withRestartCount(restarts)
                .withState(state())
                .withLastState(lastExit == null || over ? new ContainerState() : terminated(lastExit, endedAt))
                .build();
    }

    private ContainerState state() {
        if (over) {
            return terminated(lastExit, endedAt);
        }
        if (running != null) {
            return new ContainerStateBuilder()
                    .withNewRunning()
                    .withStartedAt(startedAt.toString())
                    .endRunning()
                    .build();
        }
        return new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(waiting)
                .withMessage(waitingMessage)
                .endWaiting()
                .build();
    }

    private static ContainerState terminated(int exitCode, Instant finishedAt) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(exitCode == 0 ? "Completed" : "Error")
                .withFinishedAt(finishedAt.toString())
                .endTerminated()
                .build();
    }
}
