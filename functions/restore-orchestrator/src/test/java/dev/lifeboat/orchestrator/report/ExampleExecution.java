package dev.lifeboat.orchestrator.report;

import dev.lifeboat.contract.Json;
import java.time.Instant;

/** Writes the history of a recovery as Step Functions does; seconds count from 03:14:00. */
final class ExampleExecution {
    static final Instant START = Instant.parse("2026-11-23T03:14:00Z");

    private final FakeAws aws;
    private long last;

    ExampleExecution(FakeAws aws) {
        this.aws = aws;
    }

    /** Lease, two polls, a shard that is retried, a step that fails and is caught, cut-over, rollout, DNS, report. */
    void recovered() {
        last = event(0, 0, "ExecutionStarted", "{}");
        task(1, 2, "AcquireLease", "acquire-lease");
        task(2, 5, "Assess", "assess");
        pass(5, "Choice", "ConsiderAssessment");
        pass(5, "Wait", "WaitForServer");
        task(10, 12, "Assess", "assess");
        failing(12, 13, "Plan", "plan");
        task(13, 14, "SelectBackup", "select-backup");
        map(15, 60);
        task(60, 122, "CutOver", "cut-over");
        task(123, 150, "RolloutStatus", "rollout-status");
        task(150, 152, "EnsureDns", "ensure");
        entered(153, "Report");
        scheduled(153, "report");
    }

    private void task(double from, double to, String name, String action) {
        entered(from, name);
        scheduled(from, action);
        last = event(
                to,
                last,
                "TaskSucceeded",
                "{\"taskSucceededEventDetails\":{\"resource\":\"invoke\",\"resourceType\":\"lambda\"}}");
        exited(to, "Task", name);
    }

    private void failing(double from, double to, String name, String action) {
        entered(from, name);
        scheduled(from, action);
        failed(to, "dev.lifeboat.contract.error.BackupUnusableException");
        exited(to, "Task", name);
    }

    private void map(double from, double to) {
        last = event(from, last, "MapStateEntered", "{\"stateEnteredEventDetails\":{\"name\":\"RestoreShards\"}}");
        long started = event(from, last, "MapStateStarted", "{\"mapStateStartedEventDetails\":{\"length\":2}}");
        long first = event(from, started, "MapIterationStarted", iteration("mapIterationStartedEventDetails", 0));
        long second = event(from, started, "MapIterationStarted", iteration("mapIterationStartedEventDetails", 1));
        last = first;
        entered(from + 1, "RestoreShard");
        scheduled(from + 1, "restore-shard");
        long firstScheduled = last;
        last = second;
        entered(from + 1, "RestoreShard");
        scheduled(from + 1, "restore-shard");
        failed(from + 2, "Runtime.ExitError");
        scheduled(from + 3, "restore-shard");
        last = event(from + 9, last, "TaskSucceeded", "{}");
        exited(from + 9, "Task", "RestoreShard");
        event(from + 9, last, "MapIterationSucceeded", iteration("mapIterationSucceededEventDetails", 1));
        last = event(to, firstScheduled, "TaskSucceeded", "{}");
        exited(to, "Task", "RestoreShard");
        last = event(to, last, "MapIterationSucceeded", iteration("mapIterationSucceededEventDetails", 0));
        last = event(to, last, "MapStateSucceeded", "{}");
        exited(to, "Map", "RestoreShards");
    }

    private void pass(double at, String type, String name) {
        last = event(at, last, type + "StateEntered", "{\"stateEnteredEventDetails\":{\"name\":\"" + name + "\"}}");
        exited(at, type, name);
    }

    private void entered(double at, String name) {
        last = event(at, last, "TaskStateEntered", "{\"stateEnteredEventDetails\":{\"name\":\"" + name + "\"}}");
    }

    private void exited(double at, String type, String name) {
        last = event(at, last, type + "StateExited", "{\"stateExitedEventDetails\":{\"name\":\"" + name + "\"}}");
    }

    private void scheduled(double at, String action) {
        String parameters =
                "{\"FunctionName\":\"arn:aws:lambda:us-east-1:123456789012:function:f:live\",\"Payload\":{\"action\":\""
                        + action + "\"}}";
        last = event(
                at,
                last,
                "TaskScheduled",
                "{\"taskScheduledEventDetails\":{\"resource\":\"invoke\",\"resourceType\":\"lambda\",\"region\":\"us-east-1\","
                        + "\"parameters\":" + Json.compact(parameters) + "}}");
    }

    private void failed(double at, String error) {
        last = event(
                at,
                last,
                "TaskFailed",
                "{\"taskFailedEventDetails\":{\"resource\":\"invoke\",\"resourceType\":\"lambda\",\"error\":\"" + error
                        + "\"}}");
    }

    private static String iteration(String details, int index) {
        return "{\"" + details + "\":{\"name\":\"RestoreShards\",\"index\":" + index + "}}";
    }

    private long event(double second, long previous, String type, String details) {
        return aws.event(START.getEpochSecond() + second, previous, type, details);
    }
}
