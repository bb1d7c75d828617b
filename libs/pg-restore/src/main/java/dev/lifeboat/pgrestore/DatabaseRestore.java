package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.PlainScript;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Restores one archive or plain dump beside the live database and swaps it in. Each method is one step; all may be called again after any
 * failure, also while an older call still runs somewhere: the older one is ended. Holds no state besides its arguments:
 * every call may come from another process. Every method throws {@link RestoreException}.
 *
 * <p>Start reading at {@link Preparation}, {@link ShardLoad}, {@link Finishing} (or {@link ScriptFinishing}), {@link TableCheck} and {@link Swap}; {@link
 * FencingTable} and {@link Progress} say why a crash or a twin does no harm.
 */
public final class DatabaseRestore {
    private final Sessions sessions;
    private final DumpContents archive;
    private final RestoreTarget target;
    private final RestoreObserver observer;

    /**
     * @param databases where
     * @param archive what; not closed by this class. {@link #undo}, {@link #reopenLive}, {@link #dropScratch}, {@link #dropRestores} and {@link
     *     #dropDrill} need none: null will do for them
     * @param target under which names, on whose behalf
     */
    public DatabaseRestore(Databases databases, DumpContents archive, RestoreTarget target) {
        this(databases, archive, target, RestoreObserver.NONE);
    }

    /** @param observer told how {@link #prepare}, {@link #restoreShard} and {@link #finish} go on */
    public DatabaseRestore(Databases databases, DumpContents archive, RestoreTarget target, RestoreObserver observer) {
        this.sessions = new Sessions(databases, target);
        this.archive = archive;
        this.target = target;
        this.observer = observer;
    }

    /**
     * Everything up to the data: closes an empty live database to applications, creates missing roles, checks that the
     * server can hold what the archive holds, creates the restore database and replays the archive's pre-data section. What
     * was prepared from this archive already is kept; what was prepared from another one is dropped.
     *
     * @param globalsSql the output of {@code pg_dumpall --globals-only}
     * @param plan the archive's
     * @return whether every shard is loaded already, and an earlier call has gone on to {@link #finish}: loading one again would be refused
     */
    public boolean prepare(String globalsSql, RestorePlan plan) {
        if (!plan.archiveId().equals(ArchiveId.of(archive))) {
            throw new RestoreException(
                    Kind.REFUSED,
                    "The plan was made from another archive of database " + plan.sourceDatabase() + ".",
                    "Make the plan anew from the archive that is restored.");
        }
        boolean loaded = new Preparation(sessions, archive, target, observer)
                .prepare(Globals.parse(globalsSql), plan.compressedBytes());
        if (loaded) {
            observer.found(plan.compressedBytes(), 0, 0);
        }
        return loaded;
    }

    /** Restores the rows and large objects of one shard; shards may run side by side in any number of processes. */
    public ShardResult restoreShard(Shard shard) {
        try (Session session = sessions.restoring("shard " + shard.index())) {
            Progress progress = new Progress(session, ArchiveId.of(archive), observer);
            return new ShardLoad(session, divided(), progress, PartRows.of(divided())).load(shard);
        }
    }

    /**
     * As {@link #restoreShard} of each, for a process that restores all of them itself: a table that is split is read once only, and no
     * connection is idle while another has work left. Not beside other processes that restore the same shards.
     *
     * @param connections 1 or more; a table that is split takes as many as its parts
     * @return rows in all of them; large objects count as one each
     */
    public long restoreShards(List<Shard> shards, int connections) {
        return shards.isEmpty() ? 0 : new ParallelLoad(sessions, divided(), observer, connections).load(shards);
    }

    /**
     * How much room the server has for the restore, for people: {@code 1,234 MB free at …, at least 56 MB needed}, or {@code not known: …}
     * and why. {@link #prepare} asks, too, before it builds anything, and refuses when it is known to be too little.
     */
    public String freeSpace(RestorePlan plan) {
        try (Session administration = sessions.open(Sessions.ADMINISTRATION)) {
            SourceDatabase source = new SourceDatabase(archive, archive.entries());
            return FreeSpace.ask(administration, archive, source, target, plan.compressedBytes())
                    .shown();
        }
    }

    /**
     * What is left out, since it belongs to roles that the server lacks ({@link MissingRoles#LEAVE_OUT}): for each owner, privilege
     * and setting what it is and which role is missing. Known once {@link #prepare} has come to its end, until the swap.
     */
    public List<String> leftOut() {
        return withoutRoles().leftOut(archive.entries());
    }

    private PgArchive divided() {
        if (archive instanceof PgArchive divided) {
            return divided;
        }
        throw new RestoreException(
                Kind.REFUSED,
                "A plain dump has no shards: it is restored in its own order.",
                "Make the plan anew from the dump that is restored.");
    }

    /**
     * Everything after the data: sequences, indexes, constraints, triggers, privileges, materialised views, statistics, and
     * event triggers last. Of a plain dump it is everything, which is done in the dump's own order.
     *
     * @param deadline no statement is begun after it; one that runs is not interrupted
     * @param connections how many build indexes and constraints at the same time, 1 or more
     * @return whether all is done; if not, call again
     */
    public FinishResult finish(Instant deadline, int connections) {
        if (archive instanceof PlainScript script) {
            return new ScriptFinishing(
                            sessions, script, withoutRoles(), target, connections, observer, Clock.systemUTC())
                    .finish(deadline);
        }
        return finishing(withoutRoles().entries(divided().entries()), connections)
                .finish(deadline);
    }

    private WithoutRoles withoutRoles() {
        try (Session administration = sessions.open(Sessions.ADMINISTRATION)) {
            return RestoreRow.withoutRoles(administration, target, ArchiveId.of(archive));
        }
    }

    private Finishing finishing(List<TocEntry> entries, int connections) {
        return new Finishing(
                sessions, ArchiveId.of(archive), entries, target, connections, observer, Clock.systemUTC());
    }

    /** How many objects {@link #prepare} and {@link #finish} replay in all, for a {@link ProgressMeter}. */
    public int objects() {
        return objectsAfterRows()
                + (archive instanceof PlainScript
                        ? 0
                        : new RestorePasses(archive.entries()).preData().size());
    }

    /** How many of them {@link #finish} replays. */
    public int objectsAfterRows() {
        return archive instanceof PlainScript script
                ? script.statements()
                : finishing(archive.entries(), 1).total(); // as many, whatever is left out
    }

    /** Compares the restored tables with what the backup's verification counted. */
    public CheckResult check(List<ExpectedTable> expected) {
        try (Session administration = sessions.open(Sessions.ADMINISTRATION)) {
            RestoreRow.requireFinished(administration, target, ArchiveId.of(archive));
        }
        try (Session session = sessions.open(target.restoreDatabase())) {
            return new TableCheck(session, archive).compare(expected);
        }
    }

    /**
     * Puts the restored database in the live one's place, and keeps the latter as quarantine, which admits nobody.
     * Applications may try to connect all the while. A second call returns what the first one did.
     *
     * @param incident names the swap, and the quarantine by a digest
     */
    public CutOverResult cutOver(String incident) {
        return new Swap(sessions, target).cutOver(incident, archive);
    }

    /**
     * Puts the database back that {@link #cutOver} replaced, and keeps the restored one aside, which then admits nobody. A
     * second call returns what the first one did.
     */
    public UndoResult undo(String incident) {
        return new Swap(sessions, target).undo(incident);
    }

    /**
     * Admits applications to the live database again if {@link #prepare} or a {@link #cutOver} that was not made closed it. For
     * whoever gives up, and for whoever comes after one that died. Does nothing to a swap that was made.
     */
    public void reopenLive() {
        try (Session administration = sessions.administration()) {
            new LiveDoor(sessions, target).reopen(administration);
        }
    }

    /**
     * Abandons the restore: drops the restore database, and admits applications to the live one again if {@link #prepare} or a
     * failed {@link #cutOver} closed it. Does nothing to a swap that was made.
     */
    public void dropScratch() {
        new Disposal(sessions, target).dropScratch();
    }

    /**
     * Drops restore databases that were begun and will not be ended, with everybody in them.
     *
     * @param abandoned tells them by their names
     * @return their names
     */
    public List<String> dropRestores(Predicate<String> abandoned) {
        return new Disposal(sessions, target).dropRestores(abandoned);
    }

    /**
     * After a drill: drops what the target's swaps made and put aside, and the restore database. Never call it for a target that
     * people depend on.
     */
    public void dropDrill() {
        new Disposal(sessions, target).dropDrill();
    }
}
