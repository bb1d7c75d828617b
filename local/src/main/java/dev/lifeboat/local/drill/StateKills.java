package dev.lifeboat.local.drill;

import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.lambda.Fault;
import dev.lifeboat.local.lambda.Invocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stops the executions of a machine, each at the first Task where none was stopped yet, until one comes through. Every other time the
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
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "state-kills");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> states = new ArrayList<>();
    private final Set<String> executions = new HashSet<>();

    /** @param machineArn whose executions */
    StateKills(EmbeddedCloud cloud, IncidentWatch watch, String machineArn) {
        this.cloud = cloud;
        this.watch = watch;
        this.machineArn = machineArn;
        watch.entering(this::entered);
    }

    private synchronized void entered(String execution, String state, String type) {
        String prefix = machineArn.replace(":stateMachine:", ":execution:") + ":";
        if (!type.equals("Task")
                || !execution.startsWith(prefix)
                || states.contains(state)
                || !executions.add(execution)) {
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
                    cloud.stopExecution(execution);
                    watch.faults(invocation -> Fault.NONE);
                },
                INTO_THE_STEP.toMillis() * 2,
                TimeUnit.MILLISECONDS);
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
