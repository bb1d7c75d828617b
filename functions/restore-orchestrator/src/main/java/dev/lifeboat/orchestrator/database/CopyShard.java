package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.pgrestore.ProgressMeter;
import dev.lifeboat.pgrestore.RestoreProgress;
import dev.lifeboat.pgrestore.Shard;
import dev.lifeboat.pgrestore.ShardResult;

/** Copies the rows of one shard from S3 into the restore database. */
final class CopyShard {
    private final RestoreSession session;

    CopyShard(RestoreSession session) {
        this.session = session;
    }

    StepResults.ShardRestored copy(RecoveryScope scope, String planKey, int index) {
        return session.withMeter(
                scope,
                planKey,
                (document, restore) ->
                        new ProgressMeter(shard(document, planKey, index).compressedBytes(), 0),
                (restore, document, meter) -> {
                    ShardResult result = restore.restoreShard(shard(document, planKey, index));
                    RestoreProgress progress = meter.progress();
                    return new StepResults.ShardRestored(
                            result.index(),
                            result.rows(),
                            progress.bytesDone(),
                            progress.elapsed().toMillis());
                });
    }

    private static Shard shard(RestoreDocument document, String planKey, int index) {
        return document.plan().shards().stream()
                .filter(candidate -> candidate.index() == index)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "Field 'shard' is " + index + ", which plan " + planKey + " does not have.",
                        "Pass on what the action 'plan' returned."));
    }
}
