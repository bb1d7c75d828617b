package dev.lifeboat.local.lambda;

import dev.lifeboat.contract.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the Lambda service itself says when a function does not answer. Source: Lambda Developer Guide, "Troubleshoot
 * invocation issues"; Step Functions Developer Guide, "Handling errors in Step Functions workflows".
 */
final class LambdaErrors {
    private LambdaErrors() {}

    static Work.Answer timedOut(String requestId, Duration limit) {
        String seconds = String.format(Locale.ROOT, "%.2f", limit.toMillis() / 1000.0);
        return error(
                "Sandbox.Timedout", "RequestId: " + requestId + " Error: Task timed out after " + seconds + " seconds");
    }

    /** @param exit the exit value: 128 + signal when it was killed */
    static Work.Answer exited(String requestId, int exit) {
        String how = exit == 137 ? "signal: killed" : exit == 0 ? "exit status 0" : "exit status " + exit;
        return error("Runtime.ExitError", "RequestId: " + requestId + " Error: Runtime exited with error: " + how);
    }

    static Work.Answer error(String type, String message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("errorType", type);
        fields.put("errorMessage", message);
        return new Work.Answer(true, Json.compact(fields));
    }
}
