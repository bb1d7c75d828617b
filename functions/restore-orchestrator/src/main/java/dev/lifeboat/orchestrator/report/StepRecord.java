package dev.lifeboat.orchestrator.report;

import dev.lifeboat.report.Component;
import dev.lifeboat.report.Step;
import dev.lifeboat.report.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** What is known of one step while the history is read. */
final class StepRecord {
    private static final Set<String> BOOKKEEPING =
            Set.of("acquire-lease", "renew-lease", "release-lease", "drop-scratch");
    private static final Set<String> REPORTS =
            Set.of("report", "report-application", "report-cluster", "report-point-in-time", "report-corruption");
    private static final Map<String, Component> COMPONENTS = Map.ofEntries(
            Map.entry("assess", Component.DATABASE),
            Map.entry("restart-pod", Component.DATABASE),
            Map.entry("select-backup", Component.DATABASE),
            Map.entry("plan", Component.DATABASE),
            Map.entry("prepare", Component.DATABASE),
            Map.entry("restore-shard", Component.DATABASE),
            Map.entry("finish", Component.DATABASE),
            Map.entry("check", Component.DATABASE),
            Map.entry("cut-over", Component.DATABASE),
            Map.entry("undo", Component.DATABASE),
            Map.entry("find-take-over", Component.DATABASE),
            Map.entry("plan-point-in-time", Component.DATABASE),
            Map.entry("choose-rung", Component.DATABASE),
            Map.entry("create-beside", Component.DATABASE),
            Map.entry("beside-status", Component.DATABASE),
            Map.entry("inspect", Component.DATABASE),
            Map.entry("prepare-promotion", Component.DATABASE),
            Map.entry("promote", Component.DATABASE),
            Map.entry("take-over", Component.DATABASE),
            Map.entry("quarantine-old", Component.DATABASE),
            Map.entry("assess-corruption", Component.DATABASE),
            Map.entry("next-step", Component.DATABASE),
            Map.entry("judge-step", Component.DATABASE),
            Map.entry("restart", Component.APPLICATIONS),
            Map.entry("rollout-status", Component.APPLICATIONS),
            Map.entry("check-health", Component.APPLICATIONS),
            Map.entry("restart-deployments", Component.DEPLOYMENT),
            Map.entry("roll-back", Component.DEPLOYMENT),
            Map.entry("verify", Component.DEPLOYMENT),
            Map.entry("find-load-balancer", Component.DNS),
            Map.entry("ensure", Component.DNS));

    private final String name;
    private final Instant enteredAt;
    private Instant exitedAt;
    private String action;
    private int visits = 1;
    private int iterations;
    private int attempts;
    private int failures;
    private boolean lastFailed;
    private String lastError;

    StepRecord(String name, Instant enteredAt) {
        this.name = name;
        this.enteredAt = enteredAt;
    }

    boolean isVisitedAgainBy(String state) {
        return name.equals(state) && exitedAt != null && !lastFailed;
    }

    void visitAgain() {
        visits++;
        exitedAt = null;
    }

    void iteration() {
        iterations++;
    }

    /** @param own whether it is the step's own task, not one inside of its iterations */
    void attempt(String taskAction, boolean own) {
        attempts++;
        if (taskAction != null) {
            action = taskAction;
        }
        if (own) {
            lastFailed = false;
        }
    }

    void succeed(boolean own) {
        if (own) {
            lastFailed = false;
        }
    }

    void fail(String error, boolean own) {
        failures++;
        if (error != null) {
            lastError = error;
        }
        if (own) {
            lastFailed = true;
        }
    }

    void exit(Instant at) {
        exitedAt = at;
    }

    /** The report itself is no step of what it reports. */
    boolean isReported() {
        return action == null || !REPORTS.contains(action);
    }

    Step step() {
        Instant end = exitedAt == null ? enteredAt : exitedAt;
        return new Step(
                name,
                action == null || BOOKKEEPING.contains(action) ? null : COMPONENTS.get(action),
                enteredAt,
                Math.max(0, Duration.between(enteredAt, end).toMillis()),
                outcome(),
                Math.max(1, attempts),
                detail());
    }

    private StepOutcome outcome() {
        if (exitedAt == null) {
            return StepOutcome.RUNNING;
        }
        return lastFailed ? StepOutcome.FAILED : StepOutcome.SUCCEEDED;
    }

    private String detail() {
        StringBuilder text = new StringBuilder();
        if (iterations > 0) {
            text.append(iterations).append(iterations == 1 ? " iteration" : " iterations");
        }
        if (visits > 1) {
            separate(text).append("looked ").append(visits).append(" times");
        }
        if (failures > 0) {
            String error = lastError == null ? "an error" : lastError.substring(lastError.lastIndexOf('.') + 1);
            separate(text)
                    .append(failures)
                    .append(failures == 1 ? " failed attempt, with " : " failed attempts, last with ")
                    .append(error);
        }
        return text.isEmpty() ? null : text.toString();
    }

    private static StringBuilder separate(StringBuilder text) {
        return text.isEmpty() ? text : text.append("; ");
    }
}
