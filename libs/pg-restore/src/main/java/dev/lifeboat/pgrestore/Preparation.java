package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgrestore.Progress.Stage;
import java.time.Clock;
import java.time.Instant;

/** Builds the empty restore database and its schema. */
final class Preparation {
    private static final String WHAT = "Preparing the restore database";
    /** Small enough that a big schema's locks fit into the lock table, large enough that commits don't count. */
    private static final int BATCH = 100;

    private final Sessions sessions;
    private final PgArchive archive;
    private final RestoreTarget target;
    private final String archiveId;
    private final SourceDatabase source;

    Preparation(Sessions sessions, PgArchive archive, RestoreTarget target) {
        this.sessions = sessions;
        this.archive = archive;
        this.target = target;
        this.archiveId = ArchiveId.of(archive);
        this.source = new SourceDatabase(archive);
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
            return RestoreRow.isFinished(administration, target, archiveId) || replayPreData();
        }
    }

    private boolean isBuiltFromThisArchive(Session administration) {
        return RestoreRow.exists(administration, target, archiveId)
                && DatabaseCatalog.exists(administration, target.restoreDatabase());
    }

    /** Starts afresh: what is there under the name is half made, or made from another backup. */
    private void build(Session administration) {
        RestoreRow.delete(administration, target);
        DatabaseCatalog.drop(sessions, administration, target.restoreDatabase());
        source.create(administration, target.restoreDatabase());
        source.applyProperties(administration, target.restoreDatabase());
        try (Session session = sessions.open(target.restoreDatabase())) {
            new Progress(session, archiveId).create();
        }
        RestoreRow.insert(administration, target, archiveId);
    }

    /** @return whether the restore has left the stage of the data behind, too */
    private boolean replayPreData() {
        try (Session session = sessions.restoring("pre-data")) {
            Progress progress = new Progress(session, archiveId);
            if (!progress.exists()) {
                return true; // it goes with the last piece of work
            }
            if (progress.stage() != Stage.PRE_DATA) {
                return progress.stage() == Stage.POST_DATA; // an earlier call has done it all
            }
            RestorePasses passes = new RestorePasses(archive.entries());
            new ReplayRun(session, progress, Stage.PRE_DATA, Instant.MAX, Clock.systemUTC())
                    .replay(passes.preData(), BATCH);
            session.transaction(WHAT, () -> {
                progress.require(Stage.PRE_DATA);
                progress.enter(Stage.DATA);
            });
            return false;
        }
    }
}
