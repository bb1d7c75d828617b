package dev.lifeboat.local.lambda;

import java.time.Duration;

/**
 * What a test does to an invocation. The process is killed as by {@code kill -9} each time.
 *
 * @param kind what happens
 * @param after for {@link Kind#KILL_AFTER} alone: how long after the event was handed over
 */
public record Fault(Kind kind, Duration after) {
    /** The faults that there are. */
    public enum Kind {
        /** Nothing happens. */
        NONE,
        /** The process dies a given time after it got the event, unless it answered before. */
        KILL_AFTER,
        /** The process dies when its answer is there, and the answer is lost: the work was done. */
        KILL_BEFORE_ANSWER
    }

    /** No fault. */
    public static final Fault NONE = new Fault(Kind.NONE, Duration.ZERO);

    /** The process dies this long after it got the event. */
    public static Fault killAfter(Duration after) {
        return new Fault(Kind.KILL_AFTER, after);
    }

    /** The work is done, the answer is lost, the process is dead. */
    public static Fault killBeforeAnswer() {
        return new Fault(Kind.KILL_BEFORE_ANSWER, Duration.ZERO);
    }
}
