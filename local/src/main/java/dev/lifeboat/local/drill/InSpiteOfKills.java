package dev.lifeboat.local.drill;

import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.states.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A recovery that is stopped at every Task once. As a person would from the console, the drill starts it again whenever it has died: under the input that it
 * had, and another name.
 */
final class InSpiteOfKills {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final DrillEnvironment environment;
    private final IncidentWatch watch;
    private final Checks checks;
    private final String machine;
    private final Recovery recovery;

    /** @param machine the logical id in template.yaml of the one that is stopped */
    InSpiteOfKills(DrillEnvironment environment, IncidentWatch watch, Checks checks, String machine) {
        this.environment = environment;
        this.watch = watch;
        this.checks = checks;
        this.machine = machine;
        this.recovery = new Recovery(environment, machine);
    }

    /**
     * Waits until one comes through.
     *
     * @param nested logical ids of machines that it starts, at whose Tasks it is stopped, too
     * @param through some of the Tasks at which it must have been stopped
     */
    ExecutionDescription await(
            List<String> nested, Instant disaster, Duration toStart, Duration toEnd, List<String> through) {
        EmbeddedCloud cloud = environment.cloud();
        List<String> nestedArns = nested.stream().map(this::arn).toList();
        try (StateKills kills = new StateKills(cloud, watch, arn(machine), nestedArns)) {
            ExecutionDescription ended = recovery.await(disaster, toStart, toEnd);
            for (int again = 1; ended.status() == ExecutionStatus.ABORTED || isJoined(ended); again++) {
                awaitRest();
                String name = Names.TARGET + "-again-" + again;
                String arn = cloud.startExecution(
                        machine, name, recovery.since(disaster).get(0).input());
                ended = Waiting.value(
                        "execution " + name + " to end",
                        toEnd,
                        () -> Optional.of(cloud.execution(arn))
                                .filter(each -> each.status() != ExecutionStatus.RUNNING));
            }
            checks.check(
                    "it was stopped at every Task on its way, and came through",
                    kills.states().containsAll(through),
                    kills.states().size() + ": " + String.join(", ", kills.states()));
            return ended;
        }
    }

    private String arn(String id) {
        return environment.cloud().template().machines().get(id).arn();
    }

    private static boolean isJoined(ExecutionDescription ended) {
        return ended.output() != null && ended.output().contains("\"joined\"");
    }

    /** Another recovery, that its own alarm has started or that a killed one has left, is stopped: this one is due. */
    private void awaitRest() {
        EmbeddedCloud cloud = environment.cloud();
        running().stream()
                .filter(each -> !each.machineArn().equals(arn(machine)))
                .forEach(each -> cloud.stopExecution(each.arn()));
        Waiting.until("no recovery to run any more", PATIENCE, () -> running().isEmpty());
    }

    private List<ExecutionDescription> running() {
        return environment.cloud().executions().stream()
                .filter(each -> each.status() == ExecutionStatus.RUNNING
                        && each.machineArn().contains("-recover-"))
                .toList();
    }
}
