package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.Progress.Stage;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Gathers the planner's statistics of every restored table, without which all queries are slow, over several connections. */
final class Statistics {
    static final String WORK = "analyze";

    /** Their servers may be as lost as this one was, and a connection attempt takes minutes. */
    private static final String HAS_FOREIGN_CHILDREN = """
            WITH RECURSIVE family AS (
                SELECT ?::regclass::oid AS oid
                UNION SELECT inhrelid FROM pg_inherits JOIN family ON inhparent = family.oid)
            SELECT EXISTS (SELECT FROM pg_class JOIN family USING (oid) WHERE relkind = 'f')""";

    private final ParallelWork connections;
    private final Function<Session, Progress> progress;
    private final Clock clock;

    Statistics(ParallelWork connections, Function<Session, Progress> progress, Clock clock) {
        this.connections = connections;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * @param tables the largest first
     * @param done dump ids of those that have theirs
     * @return whether all have; if not, the deadline has passed
     */
    boolean gather(List<TocEntry> tables, Set<Integer> done, Instant deadline) {
        Queue<TocEntry> left = new ConcurrentLinkedQueue<>(
                tables.stream().filter(table -> !done.contains(table.dumpId())).toList());
        return left.isEmpty()
                || connections.run("statistics", session -> gather(session, left, deadline), cause -> left.clear());
    }

    private boolean gather(Session session, Queue<TocEntry> left, Instant deadline) {
        SessionSettings.useOwnText(session);
        for (TocEntry table = left.poll(); table != null; table = left.poll()) {
            if (!clock.instant().isBefore(deadline)) {
                return false;
            }
            gatherIfPossible(session, progress.apply(session), table);
        }
        return true;
    }

    /**
     * Statistics make queries fast, not right, so no table's may end a recovery: ANALYZE runs the application's functions with an
     * empty search_path, and asks foreign servers.
     */
    private static void gatherIfPossible(Session session, Progress progress, TocEntry entry) {
        String what = "Analysing " + entry.label();
        String table = Sql.identifier(entry.schema(), entry.name());
        boolean own = !session.asks(what, HAS_FOREIGN_CHILDREN, table);
        try {
            gatherOnce(session, progress, entry, own ? "ANALYZE " + table : "");
        } catch (RestoreException e) {
            if (e.kind() == RestoreException.Kind.FENCED) {
                throw e;
            }
            // Fails too when the connection is lost, and is tried again then.
            gatherOnce(session, progress, entry, "");
        }
    }

    private static void gatherOnce(Session session, Progress progress, TocEntry entry, String sql) {
        String what = "Analysing " + entry.label();
        session.transaction(what, () -> {
            progress.require(Stage.POST_DATA);
            if (!sql.isEmpty()) {
                session.execute(what, sql);
            }
            progress.mark(WORK, entry.dumpId());
        });
        progress.observer().objectsReplayed(1);
    }
}
