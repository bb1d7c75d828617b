package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.PlainScript;
import dev.lifeboat.pgarchive.Section;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.Progress.Stage;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** All of a plain dump, in its own order; then statistics, and event triggers last, as {@link Finishing} does it. */
final class ScriptFinishing {
    private static final String WHAT = "Restoring the script";
    private static final String TABLES = """
            SELECT c.oid::integer, n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'lifeboat_restore')
            ORDER BY pg_relation_size(c.oid) DESC""";

    private final Sessions sessions;
    private final PlainScript script;
    private final WithoutRoles withoutRoles;
    private final RestoreTarget target;
    private final String archiveId;
    private final ParallelWork connections;
    private final RestoreObserver observer;
    private final Clock clock;

    ScriptFinishing(
            Sessions sessions,
            PlainScript script,
            WithoutRoles withoutRoles,
            RestoreTarget target,
            int connections,
            RestoreObserver observer,
            Clock clock) {
        this.sessions = sessions;
        this.script = script;
        this.withoutRoles = withoutRoles;
        this.target = target;
        this.archiveId = ArchiveId.of(script);
        this.connections = new ParallelWork(sessions, connections);
        this.observer = observer;
        this.clock = clock;
    }

    FinishResult finish(Instant deadline) {
        if (RestoreRow.isFinishedOnceBegun(sessions, target, archiveId)) {
            observer.found(0, 0, script.statements());
            return result(true, script.statements());
        }
        try (Session session = sessions.restoring("post-data")) {
            Progress progress = progress(session);
            // The progress table goes with the last piece of work: a crash may have come right after it.
            if (progress.exists() && !work(session, progress, deadline)) {
                return result(false, (int) progress.position().statements());
            }
        }
        try (Session administration = sessions.open(Sessions.ADMINISTRATION)) {
            RestoreRow.finish(administration, target);
        }
        return result(true, script.statements());
    }

    private FinishResult result(boolean finished, int done) {
        return new FinishResult(finished, done, script.statements());
    }

    private Progress progress(Session session) {
        return new Progress(session, archiveId, observer);
    }

    private boolean work(Session session, Progress progress, Instant deadline) {
        SessionSettings.useOwnText(session);
        SessionSettings.hasten(session, 1);
        observer.found(0, 0, (int) progress.position().statements());
        ScriptReplay replay = new ScriptReplay(session, progress, script, withoutRoles, deadline, clock);
        return replay.replay()
                && new Statistics(connections, this::progress, clock)
                        .gather(tables(session), progress.done(Statistics.WORK), deadline)
                && complete(session, progress, replay.eventTriggers());
    }

    /** What there is, the largest first. */
    private static List<TocEntry> tables(Session session) {
        return session.query(WHAT, row -> table(row.getInt(1), row.getString(2), row.getString(3)), TABLES);
    }

    private static TocEntry table(int id, String schema, String name) {
        return new TocEntry(
                id,
                "TABLE",
                schema,
                name,
                "",
                Section.PRE_DATA,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                false,
                OptionalLong.empty(),
                0,
                0,
                (char) 0);
    }

    /** The last piece: what would fire for anything that came after, and the end of the progress table. */
    private static boolean complete(Session session, Progress progress, List<String> eventTriggers) {
        session.transaction(WHAT, () -> {
            progress.require(Stage.POST_DATA);
            progress.drop();
            eventTriggers.forEach(sql -> session.execute(WHAT, sql));
        });
        return true;
    }
}
