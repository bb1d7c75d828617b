package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.Progress.Stage;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything after the rows, in the order of {@link RestorePasses}; at the end statistics, without which all is slow. */
final class Finishing {
    private static final String WHAT = "Finishing the restore";
    private static final String ANALYZE = "analyze";
    private static final int PRIVILEGES_BATCH = 100;
    /** Their servers may be as lost as this one was, and a connection attempt takes minutes. */
    private static final String HAS_FOREIGN_CHILDREN = """
            WITH RECURSIVE family AS (
                SELECT ?::regclass::oid AS oid
                UNION SELECT inhrelid FROM pg_inherits JOIN family ON inhparent = family.oid)
            SELECT EXISTS (SELECT FROM pg_class JOIN family USING (oid) WHERE relkind = 'f')""";

    private final Sessions sessions;
    private final RestoreTarget target;
    private final String archiveId;
    private final RestorePasses passes;
    private final List<TocEntry> analysed;
    private final Clock clock;

    Finishing(Sessions sessions, PgArchive archive, RestoreTarget target, Clock clock) {
        this.sessions = sessions;
        this.target = target;
        this.archiveId = ArchiveId.of(archive);
        this.passes = new RestorePasses(archive.entries());
        this.analysed = archive.entries().stream()
                .filter(entry -> entry.kind().equals("TABLE") || entry.kind().equals("MATERIALIZED VIEW"))
                .toList();
        this.clock = clock;
    }

    FinishResult finish(Instant deadline) {
        if (isFinished()) {
            return new FinishResult(true, total(), total());
        }
        try (Session session = sessions.restoring("post-data")) {
            Progress progress = new Progress(session, archiveId);
            // The progress table goes with the last piece of work: a crash may have come right after it.
            if (progress.exists()) {
                enterPostData(session, progress);
                if (!work(session, progress, deadline)) {
                    return new FinishResult(false, done(progress), total());
                }
            }
        }
        noteFinished();
        return new FinishResult(true, total(), total());
    }

    private void enterPostData(Session session, Progress progress) {
        if (progress.stage() == Stage.POST_DATA) {
            return;
        }
        requireAllLoaded(progress);
        // A shard's twin may still run somewhere: its rows must not meet the triggers that come now.
        Backends.end(
                session,
                WHAT,
                "datname = current_database() AND starts_with(application_name, ?)",
                Sessions.applicationName(target.targetName(), ""));
        session.transaction(WHAT, () -> {
            session.execute(WHAT, "SET LOCAL lock_timeout = '5s'");
            progress.enter(Stage.POST_DATA);
        });
    }

    private void requireAllLoaded(Progress progress) {
        Map<Integer, Long> loaded = progress.done(ShardLoad.WORK);
        List<String> missing = passes.data().stream()
                .filter(entry -> !loaded.containsKey(entry.dumpId()))
                .map(TocEntry::label)
                .toList();
        if (progress.stage() != Stage.DATA || !missing.isEmpty()) {
            throw new RestoreException(
                    Kind.REFUSED,
                    "Database " + target.restoreDatabase() + " lacks the data of " + missing.size() + " of "
                            + passes.data().size() + " entries"
                            + (missing.isEmpty() ? "" : ", the first being " + missing.get(0)) + ".",
                    "Prepare it and restore every shard of the plan first.");
        }
    }

    private boolean work(Session session, Progress progress, Instant deadline) {
        SessionSettings.useOwnTimeZone(session);
        ReplayRun run = new ReplayRun(session, progress, Stage.POST_DATA, deadline, clock);
        return new IndexBuild(sessions, archiveId, clock).build(passes.postData(), tables(), deadline)
                && run.replay(passes.postData(), 1)
                && run.replay(passes.privileges(), PRIVILEGES_BATCH)
                && run.replay(passes.refreshes(), 1)
                && analyse(session, progress, run)
                && complete(session, progress, run);
    }

    private boolean analyse(Session session, Progress progress, ReplayRun run) {
        Map<Integer, Long> done = progress.done(ANALYZE);
        for (TocEntry entry : analysed) {
            if (run.isLate()) {
                return false;
            }
            if (!done.containsKey(entry.dumpId())) {
                analyseIfPossible(session, progress, entry);
            }
        }
        return true;
    }

    /**
     * Statistics make queries fast, not right, so no table's may end a recovery: ANALYZE runs the application's functions with an
     * empty search_path, and asks foreign servers.
     */
    private void analyseIfPossible(Session session, Progress progress, TocEntry entry) {
        String what = "Analysing " + entry.label();
        String table = Sql.identifier(entry.schema(), entry.name());
        boolean own = !session.asks(what, HAS_FOREIGN_CHILDREN, table);
        try {
            analyseOnce(session, progress, entry, own ? "ANALYZE " + table : "");
        } catch (RestoreException e) {
            if (e.kind() == RestoreException.Kind.FENCED) {
                throw e;
            }
            // Fails too when the connection is lost, and is tried again then.
            analyseOnce(session, progress, entry, "");
        }
    }

    private static void analyseOnce(Session session, Progress progress, TocEntry entry, String sql) {
        String what = "Analysing " + entry.label();
        session.transaction(what, () -> {
            progress.require(Stage.POST_DATA);
            if (!sql.isEmpty()) {
                session.execute(what, sql);
            }
            progress.mark(ANALYZE, entry.dumpId(), 0);
        });
    }

    /** The last piece: what would fire for anything that came after, and the end of the progress table. */
    private boolean complete(Session session, Progress progress, ReplayRun run) {
        if (run.isLate()) {
            return false;
        }
        session.transaction(WHAT, () -> {
            progress.require(Stage.POST_DATA);
            progress.drop();
            passes.eventTriggers().forEach(entry -> EntryReplay.replay(session, entry));
        });
        return true;
    }

    private int total() {
        return replayed().size() + analysed.size();
    }

    private int done(Progress progress) {
        Map<Integer, Long> entries = progress.done(ReplayRun.WORK);
        return (int) replayed().stream()
                        .filter(entry -> entries.containsKey(entry.dumpId()))
                        .count()
                + progress.done(ANALYZE).size();
    }

    private List<TocEntry> replayed() {
        return Stream.of(passes.postData(), passes.privileges(), passes.refreshes())
                .flatMap(List::stream)
                .toList();
    }

    private Map<Integer, TocEntry> tables() {
        return analysed.stream().collect(Collectors.toMap(TocEntry::dumpId, entry -> entry));
    }

    private boolean isFinished() {
        try (Session administration = sessions.open(Sessions.ADMINISTRATION)) {
            if (!RestoreRow.exists(administration, target, archiveId)) {
                throw new RestoreException(
                        Kind.REFUSED,
                        "Database " + target.restoreDatabase() + " was not prepared from this backup.",
                        "Prepare it and restore every shard of the plan first.");
            }
            return RestoreRow.isFinished(administration, target, archiveId);
        }
    }

    private void noteFinished() {
        try (Session administration = sessions.open(Sessions.ADMINISTRATION)) {
            RestoreRow.finish(administration, target);
        }
    }
}
