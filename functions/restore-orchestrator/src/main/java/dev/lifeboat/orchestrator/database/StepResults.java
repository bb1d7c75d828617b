package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;

/** What the actions answer that have little to say. */
public final class StepResults {
    private StepResults() {}

    /**
     * The lease is ours.
     *
     * @param token the fencing token
     */
    public record LeaseTaken(long token) {}

    /**
     * The lease is not ours any more.
     *
     * @param released false when it was not ours before either
     */
    public record LeaseReleased(boolean released) {}

    /**
     * PostgreSQL's pod was deleted.
     *
     * @param pod its name
     * @param deleted false when it was already gone
     */
    public record PodRestarted(String pod, boolean deleted) {}

    /**
     * The restore database is ready for rows, or has them.
     *
     * @param restoreDatabase its name
     * @param loaded whether the rows of every shard are there already, and finishing has begun
     * @param leftOut owners and privileges that are left out since their roles are missing; the first of them, and how many more
     * @param freeSpace that the server has and the restore needs, or why that is not known; for people
     */
    public record Prepared(String restoreDatabase, boolean loaded, List<String> leftOut, String freeSpace) {
        public Prepared {
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * A shard's rows are there.
     *
     * @param shard its index
     * @param rows how many, those of an earlier call included
     * @param bytes that they take in the archive, compressed
     * @param millis that this call took
     */
    public record ShardRestored(int shard, long rows, long bytes, long millis) {}

    /**
     * How far the finishing has come.
     *
     * @param finished whether nothing is left; otherwise ask again
     * @param done statements that are done, those of earlier calls included
     * @param total statements in all
     * @param millis that this call took
     * @param expectedEnd when all are done at this call's pace; null when they are, or when there is no pace to go by
     */
    public record FinishProgress(boolean finished, int done, int total, long millis, Instant expectedEnd) {}

    /**
     * How far a restore has come: what the machine has added up of its steps' answers.
     *
     * @param rows in the shards that are restored
     * @param bytes that they take in the archive, compressed
     * @param loadMillis of all functions together; they run side by side
     * @param objects definitions, indexes, constraints, privileges, statistics that are there after the rows
     * @param objectsTotal of them in all; 0 before the first answer
     * @param finishMillis of all calls together
     * @param expectedEnd of those objects; null when they are there, or when there is no pace to go by
     * @param leftOut as in {@link Prepared}
     */
    public record Restored(
            long rows,
            long bytes,
            long loadMillis,
            int objects,
            int objectsTotal,
            long finishMillis,
            Instant expectedEnd,
            List<String> leftOut) {
        public Restored {
            leftOut = Require.listOrEmpty(leftOut);
        }
    }

    /**
     * The restored database is what the backup holds.
     *
     * @param matches always true: a difference is a RestoreCheckFailedException
     * @param tables how many tables were compared
     * @param rows how many rows they hold
     */
    public record RestoreChecked(boolean matches, int tables, long rows) {}

    /**
     * The restored database is live.
     *
     * @param liveDatabase its name
     * @param quarantineDatabase what the lost one is called now, null when there was none
     * @param at when the swap was committed, by the server's clock
     * @param rolledBack prepared transactions of the lost one that were rolled back for the swap
     */
    public record CutOverDone(String liveDatabase, String quarantineDatabase, Instant at, List<String> rolledBack) {
        public CutOverDone {
            rolledBack = rolledBack == null ? List.of() : List.copyOf(rolledBack);
        }
    }

    /**
     * The live database admits applications, unless somebody else has closed it.
     *
     * @param database its name
     */
    public record LiveReopened(String database) {}

    /**
     * The cut-over is taken back.
     *
     * @param liveDatabase live again, as it was before
     * @param setAside what the restored one is called now; it is kept, and admits nobody
     * @param at when that was committed, by the server's clock
     */
    public record CutOverUndone(String liveDatabase, String setAside, Instant at) {}

    /**
     * What a backup's configuration would do for the workloads that run now. Names alone, never values.
     *
     * @param present whether the backup has one
     * @param complete whether it has all that the workloads need
     * @param objects how many ConfigMaps and Secrets it has
     * @param missing what it lacks, and which workload needs that; the first of them
     * @param otherImages workloads that run other images now than then; the first of them
     * @param summary for people
     */
    public record ConfigChecked(
            boolean present,
            boolean complete,
            int objects,
            List<String> missing,
            List<String> otherImages,
            String summary) {
        public ConfigChecked {
            missing = Require.listOrEmpty(missing);
            otherImages = Require.listOrEmpty(otherImages);
        }
    }

    /**
     * A drill's databases are gone.
     *
     * @param database the drill's database, gone with its quarantines
     * @param restores databases of restores that were never ended
     */
    public record ScratchDropped(String database, List<String> restores) {
        public ScratchDropped {
            restores = List.copyOf(restores);
        }
    }
}
