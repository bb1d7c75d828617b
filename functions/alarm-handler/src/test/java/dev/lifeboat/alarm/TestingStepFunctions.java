package dev.lifeboat.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.testsupport.TestingAwsApi;
import dev.lifeboat.testsupport.TestingAwsApi.Answer;
import dev.lifeboat.testsupport.TestingAwsApi.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Executions as Step Functions keeps them: the same name and input is the same execution as long as it runs, a list shows a new one
 * late. Follows the Step Functions API reference. Thread-safe.
 */
final class TestingStepFunctions {
    /** One execution. */
    static final class Execution {
        final String machine;
        final String name;
        final String input;
        final Instant startedAt;
        volatile String status = "RUNNING";
        volatile String output;
        volatile String cause;
        volatile String error;
        volatile Instant stoppedAt;

        private Execution(String machine, String name, String input, Instant startedAt) {
            this.machine = machine;
            this.name = name;
            this.input = input;
            this.startedAt = startedAt;
        }

        String arn() {
            return machine.replace(":stateMachine:", ":execution:") + ":" + name;
        }

        synchronized void end(String endStatus, String endOutput, Instant at) {
            if (status.equals("RUNNING")) {
                output = endOutput;
                stoppedAt = at;
                status = endStatus;
            }
        }
    }

    private final Map<String, Execution> executions = Collections.synchronizedMap(new LinkedHashMap<>());
    private volatile Consumer<Execution> started = execution -> {};
    private volatile Predicate<String> arrives = input -> true;
    private volatile Duration lag = Duration.ZERO;
    private volatile String late = "";

    /** Answers at that endpoint. */
    void serve(TestingAwsApi aws) {
        aws.on("AWSStepFunctions.ListExecutions", this::list);
        aws.on("AWSStepFunctions.StartExecution", this::start);
        aws.on("AWSStepFunctions.DescribeExecution", this::describe);
        aws.on("AWSStepFunctions.StopExecution", this::stop);
    }

    /** What to do with each new execution. */
    void onStart(Consumer<Execution> listener) {
        started = listener;
    }

    /** Whether a start, with that input, comes through; one that does not is answered by 500, to whoever still listens. */
    void starts(Predicate<String> comesThrough) {
        arrives = comesThrough;
    }

    /** How long a list does not show a new execution. */
    void listsLagBy(Duration time) {
        lag = time;
    }

    /** Lets one be unknown to whoever asks for it, although it was started. */
    void showsLate(String name) {
        late = name;
    }

    /** Puts one there that runs. */
    Execution running(String machine, String name, String input) {
        Execution execution = new Execution(machine, name, input, Instant.now());
        executions.put(execution.arn(), execution);
        return execution;
    }

    Execution find(String arn) {
        return executions.get(arn);
    }

    List<Execution> all() {
        synchronized (executions) {
            return List.copyOf(executions.values());
        }
    }

    private Answer list(Request request) {
        String machine = json(request).path("stateMachineArn").asText();
        Instant shown = Instant.now().minus(lag);
        List<Map<String, Object>> items = new ArrayList<>();
        for (Execution each : all()) {
            if (each.machine.equals(machine) && !each.startedAt.isAfter(shown)) {
                items.add(0, describe(each));
            }
        }
        return Answer.ok(Json.compact(Map.of("executions", items)));
    }

    Answer start(Request request) {
        JsonNode json = json(request);
        Execution fresh = new Execution(
                json.path("stateMachineArn").asText(),
                json.path("name").asText(),
                json.path("input").asText(),
                Instant.now());
        if (!arrives.test(fresh.input)) {
            return Answer.error(500, "InternalFailure", "lost on its way");
        }
        Execution first = executions.putIfAbsent(fresh.arn(), fresh);
        if (first == null) {
            started.accept(fresh);
        } else if (!first.status.equals("RUNNING") || !first.input.equals(fresh.input)) {
            return Answer.error(400, "ExecutionAlreadyExists", "Execution Already Exists");
        }
        return Answer.ok(Json.compact(Map.of("executionArn", fresh.arn(), "startDate", 1)));
    }

    private Answer describe(Request request) {
        Execution found = executions.get(json(request).path("executionArn").asText());
        return found == null || found.name.equals(late)
                ? Answer.error(400, "ExecutionDoesNotExist", "Execution Does Not Exist")
                : Answer.ok(Json.compact(describe(found)));
    }

    private Answer stop(Request request) {
        Execution found = executions.get(json(request).path("executionArn").asText());
        if (found == null) {
            return Answer.error(400, "ExecutionDoesNotExist", "Execution Does Not Exist");
        }
        found.cause = json(request).path("cause").asText();
        found.error = json(request).path("error").asText();
        found.end("ABORTED", null, Instant.now());
        return Answer.ok("{\"stopDate\":1}");
    }

    private static Map<String, Object> describe(Execution execution) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("executionArn", execution.arn());
        description.put("stateMachineArn", execution.machine);
        description.put("name", execution.name);
        description.put("status", execution.status);
        description.put("startDate", execution.startedAt.toEpochMilli() / 1000.0);
        description.put("input", execution.input);
        if (execution.stoppedAt != null) {
            description.put("stopDate", execution.stoppedAt.toEpochMilli() / 1000.0);
        }
        if (execution.error != null) {
            description.put("error", execution.error);
        }
        if (execution.output != null) {
            description.put("output", execution.output);
        }
        return description;
    }

    static JsonNode json(Request request) {
        try {
            return Json.mapper().readTree(request.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
