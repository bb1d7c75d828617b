package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.Progress.Stage;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything after the rows, in the order of {@link RestorePasses}; at the end statistics, without which all is slow. */
final class Finishing {
    private static final String WHAT = "Finishing the restore";
    private static final int QUICK_BATCH = 100;
    /** By name, since the archive's OIDs are others. */
    private static final String SIZES = """
            SELECT n.nspname, c.relname, pg_relation_size(c.oid)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm')""";

    private final Sessions sessions;
    private final RestoreTarget target;
    private final String archiveId;
    private final RestorePasses passes;
    private final List<TocEntry> tables;
    private final List<TocEntry> analysed;
    private final ParallelWork connections;
    private final RestoreObserver observer;
    private final Clock clock;

    /** @param entries the archive's, without what is left out of them */
    Finishing(
            Sessions sessions,
            String archiveId,
            List<TocEntry> entries,
            RestoreTarget target,
            int connections,
            RestoreObserver observer,
            Clock clock) {
        this.sessions = sessions;
        this.target = target;
        this.archiveId = archiveId;
        this.passes = new RestorePasses(entries);
        this.tables = entries.stream()
                .filter(entry -> entry.kind().equals("TABLE") || entry.kind().equals("MATERIALIZED VIEW"))
                .toList();
        DumpedStatistics dumped = new DumpedStatistics(entries);
        this.analysed = tables.stream().filter(table -> !dumped.suffice(table)).toList();
        this.connections = new ParallelWork(sessions, connections);
        this.observer = observer;
        this.clock = clock;
    }

    FinishResult finish(Instant deadline) {
        if (RestoreRow.isFinishedOnceBegun(sessions, target, archiveId)) {
            observer.found(0, 0, total());
            return new FinishResult(true, total(), total());
        }
        try (Session session = sessions.restoring("post-data")) {
            Progress progress = progress(session);
            // The progress table goes with the last piece of work: a crash may have come right after it.
            if (progress.exists()) {
                enterPostData(session, progress);
                observer.found(0, 0, done(progress));
                if (!work(session, progress, deadline)) {
                    return new FinishResult(false, done(progress), total());
                }
            }
        }
        noteFinished();
        return new FinishResult(true, total(), total());
    }

    private Progress progress(Session session) {
        return new Progress(session, archiveId, observer);
    }

    private void enterPostData(Session session, Progress progress) {
        if (progress.stage() == Stage.POST_DATA) {
            return;
        }
        requireAllLoaded(progress);
        // A shard's twin may still run somewhere: its rows must not meet the triggers that come now.
        sessions.endOthers(session, WHAT);
        session.transaction(WHAT, () -> {
            session.execute(WHAT, "SET LOCAL lock_timeout = '5s'");
            progress.enter(Stage.POST_DATA);
        });
    }

    private void requireAllLoaded(Progress progress) {
        Map<Integer, List<EntryPart>> loaded =
                progress.loaded().keySet().stream().collect(Collectors.groupingBy(EntryPart::dumpId));
        List<String> missing = passes.data().stream()
                .filter(entry -> !isComplete(loaded.getOrDefault(entry.dumpId(), List.of())))
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

    private static boolean isComplete(List<EntryPart> parts) {
        return !parts.isEmpty() && parts.stream().allMatch(part -> part.parts() == parts.size());
    }

    private boolean work(Session session, Progress progress, Instant deadline) {
        SessionSettings.useOwnText(session);
        SessionSettings.hasten(session, 1);
        ReplayRun run = new ReplayRun(session, progress, Stage.POST_DATA, deadline, clock);
        ToLongFunction<TocEntry> size = sizes(session);
        return new ParallelBuild(connections, this::progress, clock).build(queue(progress, size), deadline)
                && run.replay(passes.postData(), 1)
                && run.replay(passes.privileges(), QUICK_BATCH)
                && run.replay(passes.refreshes(), 1)
                && run.replay(passes.statistics(), QUICK_BATCH)
                && new Statistics(connections, this::progress, clock)
                        .gather(largestFirst(size), progress.done(Statistics.WORK), deadline)
                && complete(session, progress, run);
    }

    private BuildQueue queue(Progress progress, ToLongFunction<TocEntry> size) {
        Map<Integer, TocEntry> locked = tables.stream().collect(Collectors.toMap(TocEntry::dumpId, entry -> entry));
        return new BuildQueue(passes.postData(), progress.done(ReplayRun.WORK), locked, size);
    }

    private static ToLongFunction<TocEntry> sizes(Session session) {
        Map<String, Long> sizes = new HashMap<>();
        session.query(
                WHAT, row -> sizes.put(Sql.identifier(row.getString(1), row.getString(2)), row.getLong(3)), SIZES);
        return table -> sizes.getOrDefault(Sql.identifier(table.schema(), table.name()), 0L);
    }

    private List<TocEntry> largestFirst(ToLongFunction<TocEntry> size) {
        return analysed.stream()
                .sorted(Comparator.comparingLong(size).reversed())
                .toList();
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

    /** Steps in all. */
    int total() {
        return replayed().size() + analysed.size();
    }

    private int done(Progress progress) {
        Set<Integer> entries = progress.done(ReplayRun.WORK);
        return (int) replayed().stream()
                        .filter(entry -> entries.contains(entry.dumpId()))
                        .count()
                + progress.done(Statistics.WORK).size();
    }

    private List<TocEntry> replayed() {
        return Stream.of(passes.postData(), passes.privileges(), passes.refreshes(), passes.statistics())
                .flatMap(List::stream)
                .toList();
    }

    private void noteFinished() {
        try (Session administration = sessions.open(Sessions.ADMINISTRATION)) {
            RestoreRow.finish(administration, target);
        }
    }
}
