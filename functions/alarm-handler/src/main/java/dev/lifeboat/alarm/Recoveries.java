package dev.lifeboat.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.aws.Lease;
import dev.lifeboat.aws.LeaseStore;
import dev.lifeboat.contract.Json;
import dev.lifeboat.lambda.AwsFaults;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * The executions of the recovery machines. Who recovers a target is asked of its lease first, which S3 shows to everyone at once, and of
 * Step Functions' list only where nobody holds it: the list lags behind, and answers no more than a few times in a second.
 */
final class Recoveries {
    /** The newest executions of a machine: of the last weeks at least. */
    private static final int NEWEST = 100;
    /** Each is asked for by itself: more than these say nothing new. */
    private static final int MOST_ENDED = 5;
    /** What an execution says in whose course nothing was repaired. */
    private static final String NOT_NEEDED = "not-needed";

    private static final String JOINED = "joined";
    private static final String HANDED_OVER = "handed-over";
    private static final String RECOVERED = "recovered";
    /** The error of executions that were stopped for a broader one. */
    static final String SUPERSEDED = "Superseded";

    /**
     * A recovery that is under way.
     *
     * @param arn the execution's
     * @param name the execution's
     * @param scenario empty when its machine is none of ours
     * @param nested the ARN of the execution that it has started and that acts under its lease; empty when there is none
     */
    record Running(String arn, String name, Optional<Scenario> scenario, Optional<String> nested) {}

    /**
     * A recovery that is over.
     *
     * @param name the execution's
     * @param at when it ended
     * @param status as Step Functions has it
     * @param alarm what started it; empty when that is not known
     */
    record Ended(String name, Instant at, String status, String alarm) {}

    /** Of an execution that was started, as far as it matters whether there may be another one for its incident. */
    enum State {
        /** It runs, or waits for a redrive. */
        RUNS,
        /** It has ended for another recovery of the target, which ran already, or is broader. */
        GAVE_WAY,
        /** It has ended. */
        OVER
    }

    /**
     * An execution that was started.
     *
     * @param name its own, or that of the one that it was handed over to
     * @param outcome in its own words; where there are none, how Step Functions says that it ended; empty while it runs
     * @param told whether it has come to its end by itself, and so has told people when there is something for them to do
     * @param alarm what started it; empty when that is not known
     * @param at when it ended; null while it runs
     */
    record Begun(String name, State state, String outcome, boolean told, String alarm, Instant at) {
        boolean saysAllIsWell() {
            return outcome.equals(RECOVERED) || outcome.equals(NOT_NEEDED);
        }

        boolean endedAfter(Instant moment) {
            return at != null && at.isAfter(moment);
        }
    }

    private final SfnClient sfn;
    private final LeaseStore leases;

    /** @param leases are only read */
    Recoveries(SfnClient sfn, LeaseStore leases) {
        this.sfn = sfn;
        this.leases = leases;
    }

    /**
     * The recoveries of the target that are under way, under whichever incident. Two that start at the same instant are kept apart by
     * the lease, not by this look.
     */
    List<Running> running(AlarmSettings settings) {
        Optional<Running> holder = leases.find(settings.target().name())
                .filter(lease -> lease.state() == Lease.State.HELD && isRunning(lease.owner()))
                .map(lease -> new Running(
                        lease.owner(),
                        nameOf(lease.owner()),
                        scenarioOf(lease.owner(), settings),
                        Optional.ofNullable(lease.heir())));
        if (holder.isPresent()) {
            return List.of(holder.get());
        }
        List<Running> found = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            settings.machine(scenario)
                    .filter(machine -> scenario.recovers())
                    .ifPresent(machine -> newest(
                                    machine,
                                    Incident.prefix(scenario, settings.target().name()))
                            .filter(each -> each.status() == ExecutionStatus.RUNNING)
                            .map(each -> new Running(
                                    each.executionArn(), each.name(), Optional.of(scenario), Optional.empty()))
                            .forEach(found::add));
        }
        return found;
    }

    /**
     * The recoveries that did something and ended after a moment, the last one first.
     *
     * @param prefix what the names of that target's executions begin with, before the time
     */
    List<Ended> ended(String machine, String prefix, Instant after) {
        return newest(machine, prefix)
                .filter(each -> each.stopDate() != null && each.stopDate().isAfter(after))
                .flatMap(each -> didSomething(each).stream())
                .limit(MOST_ENDED)
                .toList();
    }

    /**
     * What became of the execution of that name.
     *
     * @return empty when there is none; or when there was none a moment ago: Step Functions shows a new one late
     */
    Optional<Begun> find(String machine, String name) {
        return describe(arn(machine, name)).map(this::begun);
    }

    /**
     * What became of whoever had the target's lease last.
     *
     * @return empty when that was no recovery that alarms start, such as the end of an old cluster; when nobody ever had it; or when Step
     *     Functions has forgotten it
     */
    Optional<Begun> last(AlarmSettings settings) {
        return leases.find(settings.target().name())
                .filter(lease -> scenarioOf(lease.owner(), settings).isPresent())
                .flatMap(lease -> describe(lease.owner()))
                .map(this::begun);
    }

    /** One that was handed over becomes what that one does. */
    private Begun begun(DescribeExecutionResponse execution) {
        String outcome = outcome(execution);
        Optional<DescribeExecutionResponse> successor = Optional.of(
                        json(execution.output()).path("handedTo").asText())
                .filter(arn -> outcome.equals(HANDED_OVER) && !arn.isEmpty())
                .flatMap(this::describe);
        if (successor.isPresent()) {
            return begun(successor.get());
        }
        State state = runs(execution) ? State.RUNS : joined(execution) ? State.GAVE_WAY : State.OVER;
        String ended = state == State.RUNS ? "" : execution.statusAsString();
        return new Begun(
                execution.name(),
                state,
                outcome.isEmpty() ? ended : outcome,
                endedByItself(execution),
                alarm(execution),
                execution.stopDate());
    }

    /** One that Step Functions itself ended, or a person, said nothing of it. */
    private static boolean endedByItself(DescribeExecutionResponse execution) {
        return switch (execution.status()) {
            case SUCCEEDED -> true;
            case FAILED -> execution.error() == null || !execution.error().startsWith("States.");
            default -> false;
        };
    }

    /** Of an execution, by its name. */
    static String arn(String machine, String name) {
        return machine.replace(":stateMachine:", ":execution:") + ":" + name;
    }

    /**
     * Starts an execution. Step Functions takes a second start with the same name and input for the first, as long as that
     * one runs.
     *
     * @return its ARN; empty when there was one of that name, which is closed or has another input
     */
    Optional<String> start(String machine, String name, String input) {
        try {
            return Optional.of(sfn.startExecution(
                            r -> r.stateMachineArn(machine).name(name).input(input))
                    .executionArn());
        } catch (ExecutionAlreadyExistsException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw AwsFaults.translate("start an execution of " + machine, e);
        }
    }

    /**
     * Stops a recovery, and then what it has started: Step Functions stops that too, as far as it can. One that has ended stays as it is. Its
     * lease is taken over by the next.
     */
    void stop(Running recovery, String cause) {
        stop(recovery.arn(), cause);
        recovery.nested().ifPresent(arn -> stop(arn, cause));
    }

    private void stop(String arn, String cause) {
        try {
            sfn.stopExecution(r -> r.executionArn(arn).error(SUPERSEDED).cause(cause));
        } catch (ExecutionDoesNotExistException e) {
            // Step Functions forgets executions 90 days after they ended.
            return;
        } catch (SdkException e) {
            throw AwsFaults.translate("stop execution " + arn, e);
        }
    }

    /** Whether one whose name begins so is running. */
    boolean anyRunning(String machine, String prefix) {
        return newest(machine, prefix).anyMatch(each -> each.status() == ExecutionStatus.RUNNING);
    }

    private Stream<ExecutionListItem> newest(String machine, String prefix) {
        Pattern ours = Pattern.compile(Pattern.quote(prefix) + Incident.TIME_PATTERN);
        try {
            return sfn.listExecutions(r -> r.stateMachineArn(machine).maxResults(NEWEST)).executions().stream()
                    .filter(each -> ours.matcher(each.name()).matches());
        } catch (SdkException e) {
            throw AwsFaults.translate("list the executions of " + machine, e);
        }
    }

    private Optional<Ended> didSomething(ExecutionListItem ended) {
        return describe(ended.executionArn())
                .filter(each -> !didNothing(each))
                .map(each -> new Ended(ended.name(), ended.stopDate(), ended.statusAsString(), alarm(each)));
    }

    private static boolean didNothing(DescribeExecutionResponse execution) {
        return outcome(execution).equals(NOT_NEEDED) || joined(execution);
    }

    private static boolean joined(DescribeExecutionResponse execution) {
        return outcome(execution).equals(JOINED) || SUPERSEDED.equals(execution.error());
    }

    private static String alarm(DescribeExecutionResponse execution) {
        return json(execution.input()).path("trigger").path("source").asText();
    }

    private static String outcome(DescribeExecutionResponse execution) {
        return json(execution.output()).path("outcome").asText();
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text == null ? "{}" : text);
        } catch (JsonProcessingException e) {
            // Step Functions took it for JSON. What cannot be read is told to a person, not started.
            return Json.mapper().createObjectNode();
        }
    }

    /** One that waits for a redrive goes on by itself. */
    private boolean isRunning(String arn) {
        return describe(arn).filter(Recoveries::runs).isPresent();
    }

    private static boolean runs(DescribeExecutionResponse execution) {
        return execution.status() == ExecutionStatus.RUNNING || execution.status() == ExecutionStatus.PENDING_REDRIVE;
    }

    private Optional<DescribeExecutionResponse> describe(String arn) {
        try {
            return Optional.of(sfn.describeExecution(r -> r.executionArn(arn)));
        } catch (ExecutionDoesNotExistException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw AwsFaults.translate("describe execution " + arn, e);
        }
    }

    private static Optional<Scenario> scenarioOf(String arn, AlarmSettings settings) {
        String machine = arn.replace(":execution:", ":stateMachine:");
        for (Map.Entry<String, String> each : settings.machines().entrySet()) {
            if (machine.startsWith(each.getValue() + ":")) {
                return Scenario.of(each.getKey());
            }
        }
        return Optional.empty();
    }

    private static String nameOf(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }
}
