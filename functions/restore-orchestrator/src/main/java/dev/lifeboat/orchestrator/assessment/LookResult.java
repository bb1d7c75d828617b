package dev.lifeboat.orchestrator.assessment;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;
import java.util.List;

/**
 * One look at a target, with its own time limit.
 *
 * @param <L> the questions
 * @param look the question
 * @param answer the answer
 * @param reason what was seen, one sentence
 * @param millis how long it took
 */
public record LookResult<L extends Enum<L>>(L look, Answer answer, String reason, long millis) {
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

    /** The result of one look among those of all. */
    public static <L extends Enum<L>> LookResult<L> of(List<LookResult<L>> results, L look) {
        return results.stream()
                .filter(result -> result.look() == look)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No result of " + look));
    }
}
