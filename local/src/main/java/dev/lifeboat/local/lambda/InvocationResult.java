package dev.lifeboat.local.lambda;

import java.util.Optional;

/**
 * How an invocation ended, as the Lambda service answers {@code Invoke}: a function error is an answer, not an
 * exception. Source: Lambda API reference, Invoke.
 *
 * @param requestId the invocation's request id
 * @param functionError {@code "Unhandled"} when the function failed, timed out or its process died
 * @param payload the function's JSON output, or {@code {"errorType","errorMessage",..}}
 */
public record InvocationResult(String requestId, Optional<String> functionError, String payload) {
    /** Whether the function answered. */
    public boolean succeeded() {
        return functionError.isEmpty();
    }
}
