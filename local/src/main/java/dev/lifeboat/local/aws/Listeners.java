package dev.lifeboat.local.aws;

import dev.lifeboat.local.alarms.AlarmState;
import dev.lifeboat.local.lambda.Fault;
import dev.lifeboat.local.lambda.Invocation;
import dev.lifeboat.local.lambda.InvocationResult;
import dev.lifeboat.local.states.ExecutionDescription;
import java.time.Duration;
import java.util.List;

/** Tells all listeners. */
final class Listeners implements CloudListener {
    private final List<CloudListener> all;

    Listeners(List<CloudListener> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public Fault fault(Invocation invocation) {
        Fault first = Fault.NONE;
        for (CloudListener listener : all) {
            Fault fault = listener.fault(invocation);
            first = first.kind() == Fault.Kind.NONE ? fault : first;
        }
        return first;
    }

    @Override
    public void ended(Invocation invocation, InvocationResult result, Duration took) {
        all.forEach(l -> l.ended(invocation, result, took));
    }

    @Override
    public void logged(String function, String line) {
        all.forEach(l -> l.logged(function, line));
    }

    @Override
    public void givenUp(String function, String payload, InvocationResult last) {
        all.forEach(l -> l.givenUp(function, payload, last));
    }

    @Override
    public void executionStarted(ExecutionDescription execution) {
        all.forEach(l -> l.executionStarted(execution));
    }

    @Override
    public void executionEnded(ExecutionDescription execution) {
        all.forEach(l -> l.executionEnded(execution));
    }

    @Override
    public void stateEntered(String executionArn, String state, String type) {
        all.forEach(l -> l.stateEntered(executionArn, state, type));
    }

    @Override
    public void stateExited(String executionArn, String state, String type) {
        all.forEach(l -> l.stateExited(executionArn, state, type));
    }

    @Override
    public void retried(String executionArn, String state, String error, int retry, Duration pause) {
        all.forEach(l -> l.retried(executionArn, state, error, retry, pause));
    }

    @Override
    public void caught(String executionArn, String state, String error, String cause, String next) {
        all.forEach(l -> l.caught(executionArn, state, error, cause, next));
    }

    @Override
    public void alarmChanged(String alarm, AlarmState from, AlarmState to, String reason) {
        all.forEach(l -> l.alarmChanged(alarm, from, to, reason));
    }

    @Override
    public void notified(Notification notification) {
        all.forEach(l -> l.notified(notification));
    }

    @Override
    public void eventPublished(String detailType, String event) {
        all.forEach(l -> l.eventPublished(detailType, event));
    }

    @Override
    public void unknownRequest(String description) {
        all.forEach(l -> l.unknownRequest(description));
    }
}
