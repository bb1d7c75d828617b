package dev.lifeboat.local.drill;

import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.lambda.Fault;
import dev.lifeboat.local.lambda.Invocation;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.states.ExecutionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Stops the executions of a machine, each at the first Task where none was stopped yet, its own or one of a machine that it waits for, until one comes through. Every other time the
 * function's process is killed with it; else what the Task called goes on, as a Lambda does that outlives its execution. Thread-safe.
 */
final class StateKills implements AutoCloseable {
    /** Well within the work of most steps. */
    private static final Duration INTO_THE_STEP = Duration.ofMillis(120);

    /** They are at work beside the recovery, and not for it. */
    private static final Set<String> LEFT_ALONE = Set.of("Probe", "AlarmHandler", "BackupVerifier");

    private final EmbeddedCloud cloud;
    private final IncidentWatch watch;
    private final String machineArn;
    private final List<String> watched;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "state-kills");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> states = new ArrayList<>();
    private final Set<String> executions = new HashSet<>();

    /**
     * @param machineArn whose executions
     * @param nestedArns machines that it starts and waits for, whose Tasks count as its own
     */
    StateKills(EmbeddedCloud cloud, IncidentWatch watch, String machineArn, List<String> nestedArns) {
        this.cloud = cloud;
        this.watch = watch;
        this.machineArn = machineArn;
        this.watched = Stream.concat(Stream.of(machineArn), nestedArns.stream())
                .map(arn -> arn.replace(":stateMachine:", ":execution:") + ":")
                .toList();
        watch.entering(this::entered);
    }

    private synchronized void entered(String execution, String state, String type) {
        if (!type.equals("Task") || watched.stream().noneMatch(execution::startsWith) || states.contains(state)) {
            return;
        }
        Optional<String> root = root(execution);
        if (root.isEmpty() || !executions.add(root.get())) {
            return;
        }
        states.add(state);
        boolean killed = states.size() % 2 == 1;
        if (killed) {
            watch.faults(StateKills::kill);
        }
        watch.note("KILL: the execution is stopped in state " + state
                + (killed ? ", and the function's process killed" : ", and the function goes on"));
        var unused = later.schedule(
                () -> {
                    cloud.stopExecution(root.get());
                    watch.faults(invocation -> Fault.NONE);
                },
                INTO_THE_STEP.toMillis() * 2,
                TimeUnit.MILLISECONDS);
    }

    /** Of one that another waits for, the other one. */
    private Optional<String> root(String execution) {
        return execution.startsWith(watched.get(0))
                ? Optional.of(execution)
                : cloud.executions().stream()
                        .filter(each ->
                                each.machineArn().equals(machineArn) && each.status() == ExecutionStatus.RUNNING)
                        .map(ExecutionDescription::arn)
                        .findFirst();
    }

    private static Fault kill(Invocation invocation) {
        return LEFT_ALONE.contains(invocation.function()) ? Fault.NONE : Fault.killAfter(INTO_THE_STEP);
    }

    /** Where executions were stopped, in that order. */
    synchronized List<String> states() {
        return List.copyOf(states);
    }

    @Override
    public void close() {
        later.shutdownNow();
        watch.entering((execution, state, type) -> {});
        watch.faults(invocation -> Fault.NONE);
    }
}
