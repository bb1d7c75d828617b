package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.PlainScript;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.Progress.Stage;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Builds the empty restore database and its schema. */
final class Preparation {
    private static final String WHAT = "Preparing the restore database";
    /** Small enough that a big schema's locks fit into the lock table, large enough that commits don't count. */
    private static final int BATCH = 100;

    private final Sessions sessions;
    private final DumpContents archive;
    private final RestoreTarget target;
    private final String archiveId;
    private final SourceDatabase source;
    private final RestoreObserver observer;

    Preparation(Sessions sessions, DumpContents archive, RestoreTarget target, RestoreObserver observer) {
        this.sessions = sessions;
        this.archive = archive;
        this.target = target;
        this.archiveId = ArchiveId.of(archive);
        this.source = new SourceDatabase(archive);
        this.observer = observer;
    }

    /** @return whether the data is there already, so that no shard is to be loaded any more */
    boolean prepare(Globals globals) {
        try (Session administration = sessions.administration()) {
            new LiveDoor(sessions, target).closeIfEmpty(administration);
            if (target.createMissingRoles()) {
                globals.createMissing(administration);
            }
            new Preflight(administration, archive, source).check();
            if (!isBuiltFromThisArchive(administration)) {
                build(administration);
            }
            return isFinished(administration) || replayPreData();
        }
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
    private void build(Session administration) {
        RestoreRow.delete(administration, target);
        DatabaseCatalog.drop(sessions, administration, target.restoreDatabase());
        source.create(administration, target.restoreDatabase());
        source.applyProperties(administration, target.restoreDatabase());
        try (Session session = sessions.open(target.restoreDatabase())) {
            new Progress(session, archiveId, observer).create();
        }
        RestoreRow.insert(administration, target, archiveId);
    }

    /** @return whether the restore has left the stage of the data behind, too */
    private boolean replayPreData() {
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
            new ReplayRun(session, progress, Stage.PRE_DATA, Instant.MAX, Clock.systemUTC()).replay(preData(), BATCH);
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
        return archive instanceof PlainScript ? List.of() : new RestorePasses(archive.entries()).preData();
    }
}
