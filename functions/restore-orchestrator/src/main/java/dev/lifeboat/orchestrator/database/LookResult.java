package dev.lifeboat.orchestrator.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;

/**
 * One look at the database, with its own time limit.
 *
 * @param look the question
 * @param answer the answer
 * @param reason what was seen, one sentence
 * @param millis how long it took
 */
public record LookResult(Look look, Answer answer, String reason, long millis) {
    /** An answer; a look that failed or was not made knows nothing. */
    public enum Answer {
        @JsonProperty("yes")
        YES,
        @JsonProperty("no")
        NO,
        @JsonProperty("unknown")
        UNKNOWN
    }

    public LookResult {
        Require.present("look", look);
        Require.present("answer", answer);
        Require.text("reason", reason);
        Require.range("millis", millis, 0, Long.MAX_VALUE);
    }
}
