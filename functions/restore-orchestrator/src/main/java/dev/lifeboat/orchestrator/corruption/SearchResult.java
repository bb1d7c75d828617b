package dev.lifeboat.orchestrator.corruption;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.contract.Require;
import java.util.List;

/**
 * What a search comes to.
 *
 * @param ending how it ended
 * @param exact whether {@code before} is the last state in which all invariants hold, and none of them comes and goes
 * @param before the newest good state has all of the WAL that begins before this position; null when none is known
 * @param lastGood the last transaction in it; null when it is older than what was listed
 * @param firstBad the first one after it
 * @param between how many transactions may have broken the data: 1 when it is known, 0 when they were not listed
 * @param comesAndGoes invariants that were violated in one state and held in a later one
 * @param steps how many states were looked at
 * @param reason for people, one sentence
 */
public record SearchResult(
        Ending ending,
        boolean exact,
        Lsn before,
        Commit lastGood,
        Commit firstBad,
        int between,
        List<String> comesAndGoes,
        int steps,
        String reason) {
    /** How a search ends. */
    public enum Ending {
        /** The transaction that broke the data is known. */
        @JsonProperty("found")
        FOUND,
        /** It is one of several, between which no state could be judged. */
        @JsonProperty("blurred")
        BLURRED,
        /** No state that could be reached is good. */
        @JsonProperty("nothing-good")
        NOTHING_GOOD,
        /** A good and a bad state have no commit between them: an invariant depends on something else than the data. */
        @JsonProperty("no-difference")
        NO_DIFFERENCE,
        /** It took too many steps, or too many states in a row could not be judged. */
        @JsonProperty("gave-up")
        GAVE_UP
    }

    public SearchResult {
        Require.present("ending", ending);
        comesAndGoes = Require.listOrEmpty(comesAndGoes);
        Require.text("reason", reason);
    }
}
