package dev.lifeboat.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The tokens of Tasks that wait for somebody's answer ({@code .waitForTaskToken}). A token is good for one answer, for as long as its
 * Task waits. Thread-safe. Sources: Step Functions Developer Guide, "Wait for a callback with the task token"; Step Functions API
 * reference, SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat.
 */
public final class TaskTokens {
    /** What every token of ours begins with, so that another text is told from a token that is not known. */
    private static final String MARK = "lifeboat-task-";

    private static final int MOST_ERROR = 256;
    private static final int MOST_CAUSE = 32_768;

    private final Map<String, CompletableFuture<JsonNode>> tasks = new ConcurrentHashMap<>();

    TaskTokens() {}

    /** A new token, for which an answer is taken from now on. */
    String issue() {
        String text = MARK + UUID.randomUUID();
        String token = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        tasks.put(token, new CompletableFuture<>());
        return token;
    }

    /** @throws StateFailure what the answer says, or States.Timeout */
    JsonNode await(String token, long nanos) throws InterruptedException {
        try {
            return tasks.get(token).get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw StateFailure.timeout();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StateFailure failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The Task waits no more, whatever became of it: whoever answers now is told so. */
    void close(String token) {
        tasks.get(token).cancel(false);
    }

    boolean isWaiting(String token) {
        return !tasks.get(token).isDone();
    }

    /**
     * The Task ends well.
     *
     * @param output JSON
     * @throws StatesException InvalidOutput, InvalidToken, TaskDoesNotExist, TaskTimedOut
     */
    public void succeed(String token, String output) {
        CompletableFuture<JsonNode> task = waiting(token);
        if (!task.complete(parse(output))) {
            throw timedOut();
        }
    }

    /**
     * The Task fails.
     *
     * @param error may be null
     * @param cause may be null
     * @throws StatesException InvalidToken, TaskDoesNotExist, TaskTimedOut, ValidationException
     */
    public void fail(String token, String error, String cause) {
        length("error", error, MOST_ERROR);
        length("cause", cause, MOST_CAUSE);
        CompletableFuture<JsonNode> task = waiting(token);
        if (!task.completeExceptionally(new StateFailure(error == null ? "" : error, cause == null ? "" : cause))) {
            throw timedOut();
        }
    }

    /**
     * The Task is still worked at. No Task here has HeartbeatSeconds, so nothing depends on it.
     *
     * @throws StatesException InvalidToken, TaskDoesNotExist, TaskTimedOut
     */
    public void heartbeat(String token) {
        if (waiting(token).isDone()) {
            throw timedOut();
        }
    }

    private CompletableFuture<JsonNode> waiting(String token) {
        CompletableFuture<JsonNode> task = tasks.get(token);
        if (task == null) {
            throw isOurs(token)
                    ? new StatesException("TaskDoesNotExist", "Task Does Not Exist: 'Provided task does not exist'")
                    : new StatesException("InvalidToken", "Invalid Token: 'Invalid token'");
        }
        return task;
    }

    private static boolean isOurs(String token) {
        try {
            return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).startsWith(MARK);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static JsonNode parse(String output) {
        if (output.getBytes(StandardCharsets.UTF_8).length > StateScope.PAYLOAD_LIMIT) {
            throw new StatesException(
                    "InvalidOutput", "Invalid Output: longer than " + StateScope.PAYLOAD_LIMIT + " bytes");
        }
        try {
            JsonNode parsed = Json.mapper().readTree(output);
            if (parsed.isMissingNode()) {
                throw new StatesException("InvalidOutput", "Invalid Output: 'No content to map due to end-of-input'");
            }
            return parsed;
        } catch (JsonProcessingException e) {
            throw new StatesException("InvalidOutput", "Invalid Output: '" + e.getOriginalMessage() + "'");
        }
    }

    private static void length(String field, String value, int most) {
        if (value != null && value.length() > most) {
            throw new StatesException(
                    "ValidationException",
                    "1 validation error detected: Value at '" + field
                            + "' failed to satisfy constraint: Member must have length less than or equal to " + most);
        }
    }

    private static StatesException timedOut() {
        return new StatesException("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
    }
}
