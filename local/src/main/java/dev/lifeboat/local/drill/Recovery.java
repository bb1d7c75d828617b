package dev.lifeboat.local.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.states.ExecutionStatus;
import dev.lifeboat.local.template.MachineResource;
import dev.lifeboat.report.RecoveryReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Follows executions of a state machine to their end, and finds their reports. */
final class Recovery {
    private final DrillEnvironment environment;
    private final String machineArn;

    /** @param machine its logical id in template.yaml */
    Recovery(DrillEnvironment environment, String machine) {
        this.environment = environment;
        MachineResource resource = environment.cloud().template().machines().get(machine);
        if (resource == null) {
            throw new DrillFailure("template.yaml has no state machine '" + machine + "'.");
        }
        this.machineArn = resource.arn();
    }

    /** Its executions that started at or after a moment, oldest first. */
    List<ExecutionDescription> since(Instant from) {
        EmbeddedCloud cloud = environment.cloud();
        return cloud.executions().stream()
                .filter(execution -> execution.machineArn().equals(machineArn)
                        && !execution.startedAt().isBefore(from))
                .toList();
    }

    /** Waits until one has started, and then ended. */
    ExecutionDescription await(Instant from, Duration toStart, Duration toEnd) {
        String machine = machineArn.substring(machineArn.lastIndexOf(':') + 1);
        ExecutionDescription started = Waiting.value(
                "an execution of " + machine + " to start",
                toStart,
                () -> since(from).stream().findFirst());
        return Waiting.value(
                "execution " + started.name() + " to end",
                toEnd,
                () -> Optional.of(environment.cloud().execution(started.arn()))
                        .filter(execution -> execution.status() != ExecutionStatus.RUNNING));
    }

    /** The report of a recovery, from the bucket; empty when there is none. */
    Optional<RecoveryReport> report(ExecutionDescription execution) {
        String incident = incident(execution);
        return environment
                .bucket()
                .get(BucketLayout.recovery(incident, "report.json"))
                .map(json -> Json.read("the report of " + incident, json, RecoveryReport.class));
    }

    private static String incident(ExecutionDescription execution) {
        try {
            return Json.mapper().readTree(execution.input()).path("incident").asText(execution.name());
        } catch (JsonProcessingException e) {
            throw new DrillFailure("The input of " + execution.arn() + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
