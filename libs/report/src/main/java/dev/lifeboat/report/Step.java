package dev.lifeboat.report;

import dev.lifeboat.contract.Require;
import java.time.Instant;

/**
 * One step of a recovery, as the state machine ran it. Further visits of the same state are steps of their own.
 *
 * @param name the state's name
 * @param component what it is counted under; null when it is none of them, such as waiting and reporting
 * @param startedAt when it was entered
 * @param millis how long it took, retries and their waiting included
 * @param outcome how it ended
 * @param attempts how often it was tried, 1 or more; for a fan-out, of all its iterations together
 * @param detail what more is to say, such as the iterations of a fan-out or the last error; may be null
 */
public record Step(
        String name,
        Component component,
        Instant startedAt,
        long millis,
        StepOutcome outcome,
        int attempts,
        String detail) {
    public Step {
        Require.text("step.name", name);
        Require.present("step.startedAt", startedAt);
        Require.range("step.millis", millis, 0, Long.MAX_VALUE);
        Require.present("step.outcome", outcome);
        Require.range("step.attempts", attempts, 1, Integer.MAX_VALUE);
    }

    /** When it ended. */
    public Instant endedAt() {
        return startedAt.plusMillis(millis);
    }
}
