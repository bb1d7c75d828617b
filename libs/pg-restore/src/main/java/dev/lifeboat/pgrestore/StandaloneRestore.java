package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.time.Instant;
import java.util.List;

/**
 * Restores an archive or a plain dump into a new database that no application knows yet, with nothing beside it, as {@code pg_restore --create} does:
 * for whoever wants no recovery but the database alone. Until it is whole and checked it is built under another name, {@link
 * #buildDatabase}; so a database of the wanted name is never half restored. Another process that makes the same calls with the same
 * archive and plan goes on where this one was ended. When it is in place, nothing is left of the restore on the server.
 *
 * <p>Call {@link #requirePossible}, {@link #prepare}, {@link #load}, {@link #finish}, {@link #check} and {@link #place} in this order. All
 * throw {@link RestoreException}.
 */
public final class StandaloneRestore {
    private static final String WHAT = "Looking at the server";
    private static final int ATTEMPTS = 10;

    private final Databases databases;
    private final DumpContents archive;
    private final RestoreTarget target;
    private final Sessions sessions;
    private final DatabaseRestore restore;

    /**
     * @param archive not closed by this class; {@link #requirePossible} and {@link #abandon} need none: null will do for them
     * @param database the new database's name
     * @param missingRoles what becomes of what belongs to roles that the server lacks, also after the globals
     * @param observer told how {@link #prepare}, {@link #load} and {@link #finish} go on
     */
    public StandaloneRestore(
            Databases databases,
            DumpContents archive,
            String database,
            MissingRoles missingRoles,
            RestoreObserver observer) {
        this.databases = databases;
        this.archive = archive;
        this.target = RestoreTarget.alone(database, missingRoles);
        this.sessions = new Sessions(databases, target);
        this.restore = new DatabaseRestore(databases, archive, target, observer);
    }

    /** What the database is called until it is in place. */
    public String buildDatabase() {
        return target.restoreDatabase();
    }

    /**
     * Changes nothing.
     *
     * @return whether there is a database that an earlier call was building
     * @throws RestoreException of kind REFUSED when the name is taken, or the role is no superuser
     */
    public boolean requirePossible() {
        try (Session session = Sessions.bare(databases, Sessions.ADMINISTRATION)) {
            if (!session.asks(WHAT, "SELECT rolsuper FROM pg_roles WHERE rolname = session_user")) {
                throw new RestoreException(
                        Kind.REFUSED,
                        "Role " + session.strings(WHAT, "SELECT session_user").get(0) + " is no superuser.",
                        "Connect as one: databases, roles and large objects of others are made.");
            }
            requireFree(session);
            return DatabaseCatalog.exists(session, target.restoreDatabase());
        }
    }

    private void requireFree(Session session) {
        if (DatabaseCatalog.exists(session, target.liveDatabase())) {
            throw new RestoreException(
                    Kind.REFUSED,
                    "Database " + target.liveDatabase() + " exists already.",
                    "Choose another name, or rename or drop that one first; a restore never touches it.");
        }
    }

    /** How many objects are replayed in all, for a {@link ProgressMeter}. */
    public int objects() {
        return restore.objects();
    }

    /**
     * Everything before the rows, as {@link DatabaseRestore#prepare}. When nothing was built, nothing is left on the server.
     *
     * @param globalsSql the output of {@code pg_dumpall --globals-only}, whose missing roles are made; empty for none
     * @return whether every row is there already
     */
    public boolean prepare(String globalsSql, RestorePlan plan) {
        try {
            return restore.prepare(globalsSql, plan);
        } catch (RestoreException e) {
            forgetIfNothingIsBuilt(e);
            throw e;
        }
    }

    /** As {@link DatabaseRestore#freeSpace}. */
    public String freeSpace(RestorePlan plan) {
        return restore.freeSpace(plan);
    }

    /** As {@link DatabaseRestore#leftOut}. */
    public List<String> leftOut() {
        return restore.leftOut();
    }

    private void forgetIfNothingIsBuilt(RestoreException because) {
        try (Session session = sessions.administration()) {
            if (!DatabaseCatalog.exists(session, target.restoreDatabase())) {
                session.transaction(WHAT, () -> RestoreTables.forget(session, target));
            }
        } catch (RestoreException e) {
            because.addSuppressed(e);
        }
    }

    /**
     * The rows and large objects of every shard; of a plain dump there is none.
     *
     * @param connections 1 or more; an earlier call may have had more or fewer
     */
    public void load(RestorePlan plan, int connections) {
        restore.restoreShards(plan.shards(), connections);
    }

    /**
     * Everything after the rows, as {@link DatabaseRestore#finish}.
     *
     * @param connections 1 or more
     */
    public void finish(int connections) {
        restore.finish(Instant.MAX, connections);
    }

    /** Compares every table's rows with what a verification of the archive counted. */
    public CheckResult check(List<ExpectedTable> expected) {
        return restore.check(expected);
    }

    /**
     * Gives the database its name and what belongs to a name: owner, settings, privileges, comment. What the restore had noted on the
     * server goes in the same transaction.
     *
     * @throws RestoreException of kind REFUSED when the name was taken meanwhile
     */
    public void place() {
        String what = "Putting database " + target.liveDatabase() + " in place";
        try (Session session = sessions.administration()) {
            requireFree(session);
            RestoreRow.requireFinished(session, target, ArchiveId.of(archive));
            new SourceDatabase(archive, meant(session)).applyProperties(session, target.restoreDatabase());
            Backends.retryWhileInUse(ATTEMPTS, () -> {
                Backends.endAllIn(session, what, target.restoreDatabase());
                session.transaction(what, () -> {
                    RestoreTables.forget(session, target);
                    DatabaseCatalog.rename(session, target.restoreDatabase(), target.liveDatabase());
                });
            });
        }
    }

    private List<TocEntry> meant(Session session) {
        return RestoreRow.withoutRoles(session, target, ArchiveId.of(archive)).entries(archive.entries());
    }

    /** Drops what an earlier call was building, and what it noted on the server. */
    public void abandon() {
        try (Session session = sessions.administration()) {
            DatabaseCatalog.drop(sessions, session, target.restoreDatabase());
            session.transaction(WHAT, () -> RestoreTables.forget(session, target));
        }
    }
}
