package dev.lifeboat.orchestrator.database;

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
     * The restore database is ready for rows.
     *
     * @param restoreDatabase its name
     */
    public record Prepared(String restoreDatabase) {}

    /**
     * A shard's rows are there.
     *
     * @param shard its index
     * @param rows how many
     */
    public record ShardRestored(int shard, long rows) {}

    /**
     * How far the finishing has come.
     *
     * @param finished whether nothing is left; otherwise ask again
     * @param done statements that are done, those of earlier calls included
     * @param total statements in all
     */
    public record FinishProgress(boolean finished, int done, int total) {}

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
     * @param at when the swap was committed
     */
    public record CutOverDone(String liveDatabase, String quarantineDatabase, Instant at) {}

    /**
     * The cut-over is taken back.
     *
     * @param liveDatabase live again, as it was before
     * @param restoreDatabase what the restored one is called now
     */
    public record CutOverUndone(String liveDatabase, String restoreDatabase) {}

    /**
     * A drill's databases are gone.
     *
     * @param dropped their names; empty when there were none
     */
    public record ScratchDropped(List<String> dropped) {
        public ScratchDropped {
            dropped = List.copyOf(dropped);
        }
    }
}
