package dev.lifeboat.orchestrator.corruption;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;

/**
 * One state of the data that was looked at, and what it came to.
 *
 * @param step which one brought it about; null of the live database, which none did
 * @param confirms whether it was looked at after the last good transaction was known
 * @param before the state has all of the WAL that begins before this position
 * @param answer what the invariants say of it
 * @param violated names of the invariants that are violated in it
 * @param held names of those that hold in it
 * @param reason for people, one sentence
 * @param at when it was looked at
 */
public record Attempt(
        Integer step,
        boolean confirms,
        Lsn before,
        Answer answer,
        List<String> violated,
        List<String> held,
        String reason,
        Instant at) {
    /** What the invariants say of a state. */
    public enum Answer {
        /** All of them hold. */
        @JsonProperty("good")
        GOOD,
        /** One is violated. */
        @JsonProperty("bad")
        BAD,
        /** None is known to be violated, and not all are known to hold; or the state was not reached. */
        @JsonProperty("unclear")
        UNCLEAR
    }

    public Attempt {
        Require.present("attempt.before", before);
        Require.present("attempt.answer", answer);
        violated = Require.listOrEmpty(violated);
        held = Require.listOrEmpty(held);
        Require.text("attempt.reason", reason);
        Require.present("attempt.at", at);
    }

    /** The live database, in which something is violated. */
    static Attempt live(Lsn before, List<String> violated, List<String> held, String reason, Instant at) {
        return new Attempt(null, false, before, Answer.BAD, violated, held, reason, at);
    }

    boolean is(Answer other) {
        return answer == other;
    }

    /** Whether any invariant said anything: a state that was not reached says nothing. */
    boolean said() {
        return !violated.isEmpty() || !held.isEmpty();
    }
}
