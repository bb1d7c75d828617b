package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.TocEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Loads shards over several connections of one process. Tables that are split come first, one after the other, each read once and dealt out
 * to all who load it; then the others, the largest first, to whichever connection is free.
 */
final class ParallelLoad {
    private final Sessions sessions;
    private final PgArchive archive;
    private final RestoreObserver observer;
    private final int connections;
    private final LongAdder rows = new LongAdder();

    ParallelLoad(Sessions sessions, PgArchive archive, RestoreObserver observer, int connections) {
        this.sessions = sessions;
        this.archive = archive;
        this.observer = observer;
        this.connections = connections;
    }

    /** @return rows and large objects in all of the shards, whoever loaded them */
    long load(List<Shard> shards) {
        Set<EntryPart> loaded = loaded();
        Map<Boolean, List<EntryPart>> parts = asBegun(RestorePlanner.largestFirst(archive, shards), loaded).stream()
                .collect(Collectors.partitioningBy(EntryPart::whole));
        for (List<EntryPart> ofTable : byEntry(parts.get(false))) {
            loadSplit(ofTable, loaded);
        }
        loadWhole(parts.get(true));
        return rows.sum();
    }

    /**
     * The same, but what is partly loaded keeps the division that it was begun with: an earlier call may have had more connections or fewer,
     * and nobody else loads these shards.
     */
    private static List<EntryPart> asBegun(List<EntryPart> planned, Set<EntryPart> loaded) {
        Map<Integer, Integer> begun = new HashMap<>();
        loaded.forEach(part -> begun.put(part.dumpId(), part.parts()));
        return planned.stream()
                .flatMap(part -> {
                    int parts = begun.getOrDefault(part.dumpId(), part.parts());
                    return parts == part.parts()
                            ? Stream.of(part)
                            : IntStream.range(0, parts).mapToObj(each -> new EntryPart(part.dumpId(), each, parts));
                })
                .distinct()
                .toList();
    }

    /** What is loaded, once nobody else loads anything: an earlier call of more connections than ours has some that we would not meet. */
    private Set<EntryPart> loaded() {
        try (Session session = sessions.restoring("load")) {
            sessions.endOthers(session, "Loading rows");
            return progress(session).loaded().keySet();
        }
    }

    private static Collection<List<EntryPart>> byEntry(List<EntryPart> parts) {
        return parts.stream()
                .collect(Collectors.groupingBy(EntryPart::dumpId, TreeMap::new, Collectors.toList()))
                .values();
    }

    private void loadSplit(List<EntryPart> parts, Set<EntryPart> loaded) {
        List<EntryPart> wanted =
                parts.stream().filter(part -> !loaded.contains(part)).toList();
        if (wanted.isEmpty()) {
            loadWhole(parts);
            return;
        }
        TocEntry entry = ShardLoad.entry(archive, parts.get(0).dumpId());
        try (DealtRows dealt = DealtRows.of(archive, entry, wanted)) {
            work(parts, wanted.size(), dealt, dealt::leave, dealt::abandon);
        }
    }

    private void loadWhole(List<EntryPart> parts) {
        work(parts, Math.min(connections, parts.size()), PartRows.of(archive), part -> {}, cause -> {});
    }

    private void work(
            List<EntryPart> parts,
            int workers,
            PartRows source,
            Consumer<EntryPart> handled,
            Consumer<Throwable> abandon) {
        if (parts.isEmpty()) {
            return;
        }
        Queue<EntryPart> waiting = new ConcurrentLinkedQueue<>(parts);
        new ParallelWork(sessions, workers)
                .run(
                        "load",
                        session -> {
                            ShardLoad load = new ShardLoad(session, archive, progress(session), source);
                            for (EntryPart part = waiting.poll(); part != null; part = waiting.poll()) {
                                rows.add(load.load(part));
                                handled.accept(part);
                            }
                            return true;
                        },
                        cause -> {
                            waiting.clear();
                            abandon.accept(cause);
                        });
    }

    private Progress progress(Session session) {
        return new Progress(session, ArchiveId.of(archive), observer);
    }
}
