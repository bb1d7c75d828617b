package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Retry and Catch of one state. Source: Step Functions Developer Guide, "Handling errors in Step Functions workflows". */
public final class ErrorHandlers {
    private static final Set<String> NEVER_BY_WILDCARD = Set.of("States.DataLimitExceeded", "States.Runtime");

    private final JsonNode state;
    /** Each retrier counts its own attempts; the counts start again when the state is entered again. */
    private final int[] attempts;

    ErrorHandlers(JsonNode state) {
        this.state = state;
        this.attempts = new int[state.path("Retry").size()];
    }

    /** The pause before the next try, or empty when the first retrier that matches is used up or none matches. */
    Optional<Duration> retry(StateFailure failure) {
        JsonNode retriers = state.path("Retry");
        for (int i = 0; i < retriers.size(); i++) {
            JsonNode retrier = retriers.get(i);
            if (matches(retrier.path("ErrorEquals"), failure.error())) {
                if (attempts[i] >= retrier.path("MaxAttempts").asInt(3)) {
                    return Optional.empty();
                }
                return Optional.of(pause(retrier, attempts[i]++));
            }
        }
        return Optional.empty();
    }

    /** The first catcher that matches. */
    Optional<JsonNode> catcher(StateFailure failure) {
        return catcher(state, failure.error());
    }

    /** The state's first catcher that matches the error. */
    public static Optional<JsonNode> catcher(JsonNode state, String error) {
        return first(state.path("Catch"), error);
    }

    /** Whether the state tries again after the error. */
    public static boolean isRetried(JsonNode state, String error) {
        return first(state.path("Retry"), error)
                .filter(retrier -> retrier.path("MaxAttempts").asInt(3) > 0)
                .isPresent();
    }

    private static Optional<JsonNode> first(JsonNode handlers, String error) {
        for (JsonNode handler : handlers) {
            if (matches(handler.path("ErrorEquals"), error)) {
                return Optional.of(handler);
            }
        }
        return Optional.empty();
    }

    /** How many retries there were so far. */
    int retries() {
        int sum = 0;
        for (int count : attempts) {
            sum += count;
        }
        return sum;
    }

    private static Duration pause(JsonNode retrier, int attempt) {
        double seconds = retrier.path("IntervalSeconds").asDouble(1)
                * Math.pow(retrier.path("BackoffRate").asDouble(2), attempt);
        seconds = Math.min(seconds, retrier.path("MaxDelaySeconds").asDouble(Double.MAX_VALUE));
        if (retrier.path("JitterStrategy").asText("NONE").equals("FULL")) {
            seconds = ThreadLocalRandom.current().nextDouble() * seconds;
        }
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private static boolean matches(JsonNode names, String error) {
        for (JsonNode name : names) {
            boolean match = switch (name.asText()) {
                case "States.ALL" -> !NEVER_BY_WILDCARD.contains(error);
                case "States.TaskFailed" -> !NEVER_BY_WILDCARD.contains(error) && !error.equals("States.Timeout");
                default -> name.asText().equals(error) && !error.equals("States.Runtime");
            };
            if (match) {
                return true;
            }
        }
        return false;
    }
}
