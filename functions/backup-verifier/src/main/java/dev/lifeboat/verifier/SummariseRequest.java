package dev.lifeboat.verifier;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import java.time.Instant;

/**
 * Asks what an integrity check came to.
 *
 * @param action {@code summarise}
 * @param execution the ARN of the check's execution; its name becomes the report's
 * @param startedAt when the check began: older verdicts do not count
 */
record SummariseRequest(String action, String execution, Instant startedAt) {
    SummariseRequest {
        if (!"summarise".equals(action)) {
            throw new InvalidInputException(
                    "Field 'action' is '" + action + "', expected 'summarise'.",
                    "events/ holds an example of every payload.");
        }
        Require.text("execution", execution);
        Require.present("startedAt", startedAt);
    }

    /** The execution's name, which is unique among those of its machine for 90 days. */
    String run() {
        return execution.substring(execution.lastIndexOf(':') + 1);
    }
}
