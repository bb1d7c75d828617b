package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.PgArchive;
import java.time.Instant;
import java.util.List;

/**
 * Restores one archive beside the live database and swaps it in. Each method is one step; all may be called again after any
 * failure, also while an older call still runs somewhere: the older one is ended. Holds no state besides its arguments:
 * every call may come from another process.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"}) // the signatures come first, their bodies follow
public final class DatabaseRestore {
    /**
     * @param databases where
     * @param archive what; not closed by this class. {@link #undo}, {@link #dropScratch} and {@link #dropDrill} need none:
     *     null will do for them
     * @param target under which names, on whose behalf
     */
    public DatabaseRestore(Databases databases, PgArchive archive, RestoreTarget target) {}

    /**
     * Everything up to the data: closes an empty live database to applications, creates missing roles, checks that the
     * server can hold what the archive holds, creates the restore database and replays the archive's pre-data section.
     *
     * @param globalsSql the output of {@code pg_dumpall --globals-only}
     */
    public void prepare(String globalsSql, RestorePlan plan) {
        throw new UnsupportedOperationException();
    }

    /** Restores the rows and large objects of one shard. */
    public ShardResult restoreShard(Shard shard) {
        throw new UnsupportedOperationException();
    }

    /**
     * Everything after the data. Returns unfinished soon after the deadline (a statement that runs is not interrupted): call
     * again.
     */
    public FinishResult finish(Instant deadline) {
        throw new UnsupportedOperationException();
    }

    /** Compares the restored tables with what the backup's verification counted. */
    public CheckResult check(List<ExpectedTable> expected) {
        throw new UnsupportedOperationException();
    }

    /** Puts the restored database in the live one's place, and keeps the latter as quarantine. */
    public CutOverResult cutOver(String incident) {
        throw new UnsupportedOperationException();
    }

    /** Puts the database back that {@link #cutOver} replaced, and keeps the restored one aside. */
    public UndoResult undo(String incident) {
        throw new UnsupportedOperationException();
    }

    /** Abandons the restore: drops the restore database, and admits applications to the live one again if they were not. */
    public void dropScratch() {
        throw new UnsupportedOperationException();
    }

    /**
     * After a drill: drops the target's live database, its quarantines and the restore database. Never call it for a target
     * that people depend on.
     */
    public void dropDrill() {
        throw new UnsupportedOperationException();
    }
}
