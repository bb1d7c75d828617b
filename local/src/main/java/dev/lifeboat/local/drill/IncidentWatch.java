package dev.lifeboat.local.drill;

import dev.lifeboat.local.alarms.AlarmState;
import dev.lifeboat.local.aws.CloudListener;
import dev.lifeboat.local.aws.Notification;
import dev.lifeboat.local.lambda.Fault;
import dev.lifeboat.local.lambda.Invocation;
import dev.lifeboat.local.lambda.InvocationResult;
import dev.lifeboat.local.states.ExecutionDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sees all that happens in the embedded cloud: tells the console, and remembers it for the timeline. Thread-safe. */
final class IncidentWatch implements CloudListener {
    private static final Pattern ACTION =
            Pattern.compile("^\\{.{0,200}?\"action\"\\s*:\\s*\"([a-z-]+)\"", Pattern.DOTALL);

    private final Console console;
    private final Path logs;
    private final List<Moment> moments = new ArrayList<>();
    private final Map<String, AlarmState> alarms = new ConcurrentHashMap<>();
    private final Map<String, Instant> entered = new ConcurrentHashMap<>();
    private final Map<String, Integer> invocations = new HashMap<>();
    private final Map<String, Long> took = new HashMap<>();
    private final Set<String> started = ConcurrentHashMap.newKeySet();
    private volatile Function<Invocation, Fault> faults = invocation -> Fault.NONE;
    private volatile Entering entering = (execution, state, type) -> {};

    /** Is told of each state, before it does anything. */
    interface Entering {
        /** @param type such as {@code Task} */
        void entered(String executionArn, String state, String type);
    }

    /**
     * Something that happened.
     *
     * @param at when
     * @param what for people
     */
    record Moment(Instant at, String what) {}

    /** @param logs where each function's log goes */
    IncidentWatch(Console console, Path logs) {
        this.console = console;
        this.logs = logs;
    }

    /** From now on asks this for every invocation. */
    void faults(Function<Invocation, Fault> source) {
        faults = source;
    }

    /** From now on tells this of every state that is entered. */
    void entering(Entering listener) {
        entering = listener;
    }

    synchronized List<Moment> moments() {
        return List.copyOf(moments);
    }

    /** The alarm's state; INSUFFICIENT_DATA before the first change. */
    AlarmState alarm(String name) {
        return alarms.getOrDefault(name, AlarmState.INSUFFICIENT_DATA);
    }

    /** How often the function has answered. */
    synchronized int answers(String function) {
        return invocations.getOrDefault(function, 0);
    }

    /** How long the same work took the last time, in milliseconds; empty when it was not done yet. */
    synchronized OptionalLong lastMillis(Invocation invocation) {
        Long millis = took.get(work(invocation));
        return millis == null ? OptionalLong.empty() : OptionalLong.of(millis);
    }

    /** The function, and its action where it has several. */
    static String work(Invocation invocation) {
        Matcher action = ACTION.matcher(invocation.payload());
        return invocation.function() + (action.find() ? " " + action.group(1) : "");
    }

    void note(String what) {
        synchronized (this) {
            moments.add(new Moment(Instant.now(), what));
        }
        console.say(what);
    }

    @Override
    public Fault fault(Invocation invocation) {
        return faults.apply(invocation);
    }

    @Override
    public void ended(Invocation invocation, InvocationResult result, Duration duration) {
        synchronized (this) {
            invocations.merge(invocation.function(), result.succeeded() ? 1 : 0, Integer::sum);
            if (result.succeeded()) {
                took.put(work(invocation), duration.toMillis());
            }
        }
        if (!result.succeeded()) {
            log(invocation.function(), "FAILED: " + result.payload());
        }
    }

    @Override
    public void logged(String function, String line) {
        log(function, line);
    }

    private synchronized void log(String function, String line) {
        try {
            Files.createDirectories(logs);
            Files.writeString(
                    logs.resolve(function + ".log"),
                    line + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the log of " + function, e);
        }
    }

    @Override
    public void alarmChanged(String alarm, AlarmState from, AlarmState to, String reason) {
        alarms.put(alarm, to);
        note("alarm " + alarm + ": " + from + " -> " + to);
    }

    @Override
    public void executionStarted(ExecutionDescription execution) {
        started.add(execution.arn());
        note("state machine " + machine(execution) + " started: " + execution.name());
    }

    @Override
    public void executionEnded(ExecutionDescription execution) {
        // The children of a distributed map end too; they are told of as steps.
        if (!started.remove(execution.arn())) {
            return;
        }
        console.running("");
        note("state machine " + machine(execution) + " ended: " + execution.status()
                + (execution.error() == null ? "" : ", " + execution.error() + ": " + execution.cause()));
    }

    private static String machine(ExecutionDescription execution) {
        return execution.machineArn().substring(execution.machineArn().lastIndexOf(':') + 1);
    }

    @Override
    public void stateEntered(String executionArn, String state, String type) {
        entered.put(executionArn + state, Instant.now());
        entering.entered(executionArn, state, type);
        if (isWork(type) || type.equals("Wait")) {
            console.running(state);
        }
    }

    @Override
    public void stateExited(String executionArn, String state, String type) {
        Instant since = entered.remove(executionArn + state);
        if (isWork(type) && since != null) {
            long millis = Duration.between(since, Instant.now()).toMillis();
            note("step " + state + ": " + millis + " ms");
        }
    }

    private static boolean isWork(String type) {
        return type.equals("Task") || type.equals("Map") || type.equals("Parallel");
    }

    @Override
    public void retried(String executionArn, String state, String error, int retry, Duration pause) {
        note("step " + state + " failed with " + simple(error) + ", retry " + retry + " in " + pause.toMillis()
                + " ms");
    }

    @Override
    public void caught(String executionArn, String state, String error, String cause, String next) {
        note("step " + state + " failed with " + simple(error) + ", on to " + next + ": " + cause);
    }

    private static String simple(String error) {
        return error == null ? "an error" : error.substring(error.lastIndexOf('.') + 1);
    }

    @Override
    public void givenUp(String function, String payload, InvocationResult last) {
        note("event for " + function + " given up: " + last.payload());
    }

    @Override
    public void notified(Notification notification) {
        note("notification: " + (notification.subject() == null ? "" : notification.subject()));
    }

    @Override
    public void unknownRequest(String description) {
        note("UNKNOWN REQUEST: " + description);
    }
}
