package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.PlainScript;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.Progress.Stage;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Builds the empty restore database and its schema. */
final class Preparation {
    private static final String WHAT = "Preparing the restore database";
    /** Small enough that a big schema's locks fit into the lock table, large enough that commits don't count. */
    private static final int BATCH = 100;

    private final Sessions sessions;
    private final DumpContents archive;
    private final RestoreTarget target;
    private final String archiveId;
    private final RestoreObserver observer;

    Preparation(Sessions sessions, DumpContents archive, RestoreTarget target, RestoreObserver observer) {
        this.sessions = sessions;
        this.archive = archive;
        this.target = target;
        this.archiveId = ArchiveId.of(archive);
        this.observer = observer;
    }

    /**
     * @param dataBytes of the archive's rows and large objects, as it has them; 0 when that is not known
     * @return whether the data is there already, so that no shard is to be loaded any more
     */
    boolean prepare(Globals globals, long dataBytes) {
        try (Session administration = sessions.administration()) {
            new LiveDoor(sessions, target).closeIfEmpty(administration);
            if (target.createMissingRoles()) {
                globals.createMissing(administration);
            }
            boolean built = isBuiltFromThisArchive(administration);
            Set<String> missing = leftOut(administration);
            List<TocEntry> entries = new WithoutRoles(missing).entries(archive.entries());
            SourceDatabase source = new SourceDatabase(archive, entries);
            Optional<FreeSpace> room = built
                    ? Optional.empty()
                    : Optional.of(FreeSpace.ask(administration, archive, source, target, dataBytes));
            new Preflight(administration, archive, entries, source, target.missingRoles(), room).check();
            if (built) {
                RestoreRow.leaveOut(administration, target, missing);
            } else {
                build(administration, source, missing);
            }
            return isFinished(administration) || replayPreData(entries);
        }
    }

    /** Those that were left out from the beginning stay so, lest one half of a database were of another mind than the other. */
    private Set<String> leftOut(Session administration) {
        Set<String> missing = new TreeSet<>(RestoreRow.missingRoles(administration, target, archiveId));
        if (target.missingRoles() == MissingRoles.LEAVE_OUT) {
            Set<String> needed = RoleNames.in(archive.entries());
            administration.strings(WHAT, "SELECT rolname FROM pg_roles").forEach(needed::remove);
            missing.addAll(needed);
        }
        return missing;
    }

    private boolean isBuiltFromThisArchive(Session administration) {
        return RestoreRow.exists(administration, target, archiveId)
                && DatabaseCatalog.exists(administration, target.restoreDatabase());
    }

    private boolean isFinished(Session administration) {
        boolean finished = RestoreRow.isFinished(administration, target, archiveId);
        if (finished) {
            observer.found(0, 0, preData().size());
        }
        return finished;
    }

    /** Starts afresh: what is there under the name is half made, or made from another backup. */
    private void build(Session administration, SourceDatabase source, Set<String> missingRoles) {
        RestoreRow.delete(administration, target);
        DatabaseCatalog.drop(sessions, administration, target.restoreDatabase());
        source.create(administration, target.restoreDatabase());
        source.applyProperties(administration, target.restoreDatabase());
        try (Session session = sessions.open(target.restoreDatabase())) {
            new Progress(session, archiveId, observer).create();
        }
        RestoreRow.insert(administration, target, archiveId, missingRoles);
    }

    /** @return whether the restore has left the stage of the data behind, too */
    private boolean replayPreData(List<TocEntry> entries) {
        try (Session session = sessions.restoring("pre-data")) {
            Progress progress = new Progress(session, archiveId, observer);
            if (!progress.exists()) {
                observer.found(0, 0, preData().size());
                return true; // it goes with the last piece of work
            }
            if (progress.stage() != Stage.PRE_DATA) {
                return isLoaded(progress); // an earlier call has done it all
            }
            if (archive instanceof PlainScript) {
                session.transaction(WHAT, () -> progress.enter(Stage.POST_DATA));
                return true; // a script is replayed in its own order, all at once
            }
            observer.found(0, 0, progress.done(ReplayRun.WORK).size());
            new ReplayRun(session, progress, Stage.PRE_DATA, Instant.MAX, Clock.systemUTC())
                    .replay(preData(entries), BATCH);
            session.transaction(WHAT, () -> {
                progress.require(Stage.PRE_DATA);
                progress.enter(Stage.DATA);
            });
            return false;
        }
    }

    private boolean isLoaded(Progress progress) {
        boolean loaded = progress.stage() == Stage.POST_DATA;
        long rows = loaded
                ? progress.loaded().values().stream().mapToLong(Long::longValue).sum()
                : 0; // each shard tells of its own
        observer.found(0, rows, preData().size());
        return loaded;
    }

    private List<TocEntry> preData() {
        return preData(archive.entries()); // as many, whatever is left out
    }

    private List<TocEntry> preData(List<TocEntry> entries) {
        return archive instanceof PlainScript ? List.of() : new RestorePasses(entries).preData();
    }
}
