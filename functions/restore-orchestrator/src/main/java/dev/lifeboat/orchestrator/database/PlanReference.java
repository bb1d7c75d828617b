package dev.lifeboat.orchestrator.database;

import java.util.List;

/**
 * Where a plan lies; the plan itself would not fit into a state's payload.
 *
 * @param planKey its key in the backup bucket
 * @param backupId what it restores
 * @param restoreDatabase into which database, beside the lost one
 * @param shards the indices of its shards
 * @param tables how many tables have rows to copy
 * @param compressedBytes how many bytes of the archive are rows
 */
public record PlanReference(
        String planKey,
        String backupId,
        String restoreDatabase,
        List<Integer> shards,
        int tables,
        long compressedBytes) {
    public PlanReference {
        shards = List.copyOf(shards);
    }
}
