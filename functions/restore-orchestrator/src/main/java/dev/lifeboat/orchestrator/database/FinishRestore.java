package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.pgrestore.FinishResult;
import dev.lifeboat.pgrestore.ProgressMeter;
import dev.lifeboat.pgrestore.RestoreProgress;
import java.time.Clock;
import java.time.Duration;

/** Makes what follows the rows, for as long as the function may run. */
final class FinishRestore {
    /** A statement that runs at the deadline is not interrupted: the index of a large table takes minutes. */
    private static final Duration MOST_RESERVE = Duration.ofMinutes(5);

    /** The server does the work; more would compete for its disk. */
    private static final int CONNECTIONS = 4;

    private final RestoreSession session;
    private final Clock clock;

    FinishRestore(RestoreSession session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    /** @param remaining how long the function may still run */
    StepResults.FinishProgress finish(RecoveryScope scope, String planKey, Duration remaining) {
        Duration half = remaining.dividedBy(2);
        Duration reserve = half.compareTo(MOST_RESERVE) < 0 ? half : MOST_RESERVE;
        return session.withMeter(
                scope,
                planKey,
                (document, restore) -> new ProgressMeter(0, restore.objectsAfterRows()),
                (restore, document, meter) -> {
                    FinishResult result =
                            restore.finish(clock.instant().plus(remaining).minus(reserve), CONNECTIONS);
                    RestoreProgress progress = meter.progress();
                    return new StepResults.FinishProgress(
                            result.finished(),
                            result.done(),
                            result.total(),
                            progress.elapsed().toMillis(),
                            result.finished() ? null : progress.expectedEnd());
                });
    }
}
