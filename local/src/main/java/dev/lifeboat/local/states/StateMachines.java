package dev.lifeboat.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.template.Arns;
import dev.lifeboat.local.template.MachineResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Runs standard workflows in JSONata: the subset of the Amazon States Language that {@link Definition} accepts, with the
 * semantics of the Step Functions API. Thread-safe.
 */
public final class StateMachines implements AutoCloseable {
    /** Source: Step Functions API reference, StartExecution, name. */
    private static final Pattern NAME = Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}");

    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private final Map<String, Execution> executions = new ConcurrentHashMap<>();
    private final Integrations integrations;
    private final ExecutionListener listener;
    private final double speed;
    private final TaskTokens tokens = new TaskTokens();
    private final Interpreter interpreter = new Interpreter(this);
    private final ExecutorService threads = Executors.newCachedThreadPool(StateMachines::daemon);
    private final ScheduledExecutorService timeouts = Executors.newScheduledThreadPool(1, StateMachines::daemon);

    /**
     * Reads and checks every definition.
     *
     * @param speed divides Wait states and the pauses of retries, never timeouts
     * @throws DefinitionException naming what is wrong or not supported
     */
    public StateMachines(
            Collection<MachineResource> resources,
            Integrations integrations,
            ExecutionListener listener,
            double speed) {
        this.integrations = integrations;
        this.listener = listener;
        this.speed = speed;
        for (MachineResource resource : resources) {
            try {
                String json = Files.readString(resource.definition());
                JsonNode definition = Definition.read(resource.logicalId(), json, resource.substitutions());
                machines.put(resource.arn(), new Machine(resource.name(), resource.arn(), definition));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + resource.definition(), e);
            }
        }
    }

    Integrations integrations() {
        return integrations;
    }

    /** Whom Tasks wait for, and where their answers go. */
    public TaskTokens tokens() {
        return tokens;
    }

    ExecutionListener listener() {
        return listener;
    }

    ExecutorService threads() {
        return threads;
    }

    /** Sleeps for the time, shortened by the speed. */
    void sleep(Duration duration) throws InterruptedException {
        Thread.sleep((long) (duration.toMillis() / speed));
    }

    /**
     * Starts an execution, or finds the one that runs with the same name and input already.
     *
     * @param name null for a random one
     * @return its ARN
     * @throws StatesException as the API refuses
     */
    public String start(String machineArn, String name, String input) {
        Machine machine = Optional.ofNullable(machines.get(machineArn))
                .orElseThrow(() -> new StatesException(
                        "StateMachineDoesNotExist", "State Machine Does Not Exist: '" + machineArn + "'"));
        String executionName = name == null ? UUID.randomUUID().toString() : name;
        if (!NAME.matcher(executionName).matches()) {
            throw new StatesException("InvalidName", "Invalid Name: '" + executionName + "'");
        }
        var execution = new Execution(
                machine, executionName, Arns.execution(machine.name(), executionName), input, parse(input));
        Execution known = executions.putIfAbsent(execution.arn, execution);
        if (known == null) {
            begin(execution);
            return execution.arn;
        }
        if (known.describe().status() == ExecutionStatus.RUNNING && known.inputText.equals(input)) {
            return known.arn;
        }
        throw new StatesException("ExecutionAlreadyExists", "Execution Already Exists: '" + known.arn + "'");
    }

    private static JsonNode parse(String input) {
        if (input.getBytes(StandardCharsets.UTF_8).length > StateScope.PAYLOAD_LIMIT) {
            throw new StatesException(
                    "InvalidExecutionInput",
                    "Invalid State Machine Execution Input: longer than " + StateScope.PAYLOAD_LIMIT + " bytes");
        }
        try {
            return Json.mapper().readTree(input);
        } catch (JsonProcessingException e) {
            throw new StatesException(
                    "InvalidExecutionInput", "Invalid State Machine Execution Input: '" + e.getOriginalMessage() + "'");
        }
    }

    private void begin(Execution execution) {
        listener.executionStarted(execution.describe());
        execution.thread = threads.submit(() -> {
            run(
                    execution,
                    () -> interpreter.run(
                            execution.machine.definition(), execution.input, new Branch(execution, Map.of(), null, 1)));
            return null;
        });
        JsonNode limit = execution.machine.definition().path("TimeoutSeconds");
        if (limit.isNumber()) {
            var unused = timeouts.schedule(
                    () -> end(execution, ExecutionStatus.TIMED_OUT, null, "States.Timeout", null, "ExecutionTimedOut"),
                    limit.asLong(),
                    TimeUnit.SECONDS);
        }
    }

    /** Runs an item's child workflow of a Distributed Map. */
    JsonNode runChild(Execution child, Callable<JsonNode> body) throws InterruptedException {
        executions.put(child.arn, child);
        StateFailure failure = run(child, body);
        if (failure != null) {
            throw failure;
        }
        return parse(child.describe().output());
    }

    private StateFailure run(Execution execution, Callable<JsonNode> body) throws InterruptedException {
        ObjectNode started = History.withData(History.details(), "input", execution.input);
        execution.history.add(0, "ExecutionStarted", "executionStartedEventDetails", started);
        try {
            String output = body.call().toString();
            end(execution, ExecutionStatus.SUCCEEDED, output, null, null, "ExecutionSucceeded");
            return null;
        } catch (StateFailure e) {
            end(execution, ExecutionStatus.FAILED, null, e.error(), e.cause(), "ExecutionFailed");
            return e;
        } catch (InterruptedException e) {
            end(execution, ExecutionStatus.ABORTED, null, null, "Stopped.", "ExecutionAborted");
            throw e;
        } catch (Exception e) {
            var failure = new StateFailure("States.Runtime", e.toString());
            end(execution, ExecutionStatus.FAILED, null, failure.error(), failure.cause(), "ExecutionFailed");
            return failure;
        }
    }

    private void end(
            Execution execution, ExecutionStatus status, String output, String error, String cause, String event) {
        if (!execution.end(status, output, error, cause)) {
            return;
        }
        long last = execution.history.events().size();
        String field = Character.toLowerCase(event.charAt(0)) + event.substring(1) + "EventDetails";
        execution.history.add(last, event, field, History.details("output", output, "error", error, "cause", cause));
        if (execution.thread != null && status != ExecutionStatus.SUCCEEDED && status != ExecutionStatus.FAILED) {
            execution.thread.cancel(true);
        }
        // Whoever closes this ends all that runs, and nobody waits to hear of it.
        if (!threads.isShutdown()) {
            listener.executionEnded(execution.describe());
        }
        execution.ended.complete(execution.describe());
    }

    /** Waits for an execution's end. */
    public ExecutionDescription await(String arn, long seconds) throws InterruptedException, TimeoutException {
        try {
            return find(arn).ended.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Stops an execution; one that has ended stays as it is. A Lambda that runs goes on, as on AWS.
     *
     * @param error may be null
     * @param cause may be null
     */
    public ExecutionDescription stop(String arn, String error, String cause) {
        Execution execution = find(arn);
        end(execution, ExecutionStatus.ABORTED, null, error, cause, "ExecutionAborted");
        return execution.describe();
    }

    /** @throws StatesException ExecutionDoesNotExist */
    public ExecutionDescription describe(String arn) {
        return find(arn).describe();
    }

    /** Every execution, child workflows left out, oldest first. */
    public List<ExecutionDescription> list() {
        return executions.values().stream()
                .filter(execution -> !execution.arn.contains("/"))
                .map(Execution::describe)
                .sorted(Comparator.comparing(ExecutionDescription::startedAt))
                .toList();
    }

    /** The execution's events so far, oldest first. */
    public List<ObjectNode> history(String arn) {
        return find(arn).history.events();
    }

    /** Whether there is such a machine. */
    public boolean knows(String machineArn) {
        return machines.containsKey(machineArn);
    }

    private Execution find(String arn) {
        Execution execution = executions.get(arn);
        if (execution == null) {
            throw new StatesException("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
        }
        return execution;
    }

    /** Stops everything. */
    @Override
    public void close() {
        timeouts.shutdownNow();
        threads.shutdownNow();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "state machine");
        thread.setDaemon(true);
        return thread;
    }
}
