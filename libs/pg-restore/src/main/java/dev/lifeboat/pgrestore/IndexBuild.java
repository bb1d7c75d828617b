package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.Progress.Stage;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Builds indexes, primary keys and unique constraints over several connections: they take most of the time after the data, and
 * those of different tables need nothing of each other. One connection does all of a table, so that none waits for another's
 * locks. What depends on anything else after the data is left to the serial replay, which comes next and knows what is done.
 */
final class IndexBuild {
    private static final int CONNECTIONS = 2;
    private static final Set<String> KINDS = Set.of("INDEX", "CONSTRAINT");

    private final Sessions sessions;
    private final String archiveId;
    private final Clock clock;

    IndexBuild(Sessions sessions, String archiveId, Clock clock) {
        this.sessions = sessions;
        this.archiveId = archiveId;
        this.clock = clock;
    }

    /** @return whether all that can be built side by side is built; if not, the deadline has passed */
    boolean build(List<TocEntry> postData, Map<Integer, TocEntry> tables, Instant deadline) {
        Queue<List<TocEntry>> work = new ConcurrentLinkedQueue<>(byTable(postData, tables));
        ExecutorService workers = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int number = 1; number <= CONNECTIONS; number++) {
                String name = "indexes " + number;
                running.add(workers.submit(() -> work(name, work, deadline)));
            }
            return await(running);
        } finally {
            workers.shutdownNow();
        }
    }

    private boolean work(String name, Queue<List<TocEntry>> work, Instant deadline) {
        try (Session session = sessions.restoring(name)) {
            ReplayRun run = new ReplayRun(session, new Progress(session, archiveId), Stage.POST_DATA, deadline, clock);
            for (List<TocEntry> table = work.poll(); table != null; table = work.poll()) {
                if (!run.replay(table, 1)) {
                    return false;
                }
            }
            return true;
        } catch (RuntimeException e) {
            work.clear(); // the other connections end what they are at, and stop
            throw e;
        }
    }

    private static Collection<List<TocEntry>> byTable(List<TocEntry> postData, Map<Integer, TocEntry> tables) {
        Set<Integer> later = postData.stream().map(TocEntry::dumpId).collect(Collectors.toSet());
        Map<Integer, List<TocEntry>> byTable = new LinkedHashMap<>();
        for (TocEntry entry : postData) {
            if (KINDS.contains(entry.kind()) && entry.dependencies().stream().noneMatch(later::contains)) {
                entry.dependencies().stream()
                        .filter(tables::containsKey)
                        .findFirst()
                        .ifPresent(table -> byTable.computeIfAbsent(table, ignored -> new ArrayList<>())
                                .add(entry));
            }
        }
        return byTable.values();
    }

    private static boolean await(List<Future<Boolean>> running) {
        boolean all = true;
        RestoreException first = null;
        for (Future<Boolean> each : running) {
            try {
                all &= each.get();
            } catch (ExecutionException e) {
                RestoreException failure = asRestoreException(e.getCause());
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RestoreException(Kind.UNAVAILABLE, "Interrupted while indexes are built.", "Try again.", e);
            }
        }
        if (first != null) {
            throw first;
        }
        return all;
    }

    private static RestoreException asRestoreException(Throwable cause) {
        if (cause instanceof RestoreException failure) {
            return failure;
        }
        throw new IllegalStateException("A defect in building indexes", cause);
    }
}
