package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.TocEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/**
 * Indexes and constraints in an order that several connections can build them in: each after what it depends on, and none that would
 * wait for another one's lock, as pg_restore's parallel mode does it (find_ready_items and has_lock_conflicts of
 * pg_backup_archiver.c). Thread-safe.
 *
 * <p>{@code CREATE INDEX} shares its table with others of its kind; a constraint wants its tables for itself. So constraints come
 * first: left to the end, as pg_restore leaves foreign keys, they go one after the other while the other connections stand idle. Among
 * their like those come first that take the longest. Whatever else follows the rows is quick, and is left to a serial replay,
 * together with what depends on it.
 *
 * <p>Foreign keys that share a table keep the archive's order, which no dependency tells: that of a partitioned table takes over an
 * equal one that it finds on a partition, and PostgreSQL 18 refuses it when only one of the two is enforced. They could not be built
 * at the same time anyway.
 */
final class BuildQueue {
    private static final String FOREIGN_KEY = "FK CONSTRAINT";
    private static final Set<String> KINDS = Set.of("INDEX", "CONSTRAINT", FOREIGN_KEY);
    /** Access methods that take several times as long for a table as a B-tree does. */
    private static final Pattern SLOW_METHOD = Pattern.compile(" USING (gin|gist|spgist) ");

    private static final int SLOWER = 4;

    /**
     * @param after dump ids of what must be built before
     * @param cost by which those come first that take the longest, in bytes of a table that a B-tree is built of
     */
    private record Item(TocEntry entry, Set<Integer> after, Set<Integer> tables, boolean exclusive, long cost) {
        boolean shares(Item other) {
            return tables.stream().anyMatch(other.tables()::contains);
        }
    }

    private final List<Item> waiting;
    private final List<Item> running = new ArrayList<>();
    private final Set<Integer> unfinished = new HashSet<>();

    /**
     * @param postData in the archive's order
     * @param done dump ids of those that are built already
     * @param tables by dump id
     * @param size of a table in bytes
     */
    BuildQueue(
            List<TocEntry> postData, Set<Integer> done, Map<Integer, TocEntry> tables, ToLongFunction<TocEntry> size) {
        this.waiting = new ArrayList<>(parallel(postData, tables).stream()
                .filter(entry -> !done.contains(entry.dumpId()))
                .map(entry -> item(entry, tables, size))
                .toList());
        keepOrder(waiting.stream()
                .filter(item -> item.entry().kind().equals(FOREIGN_KEY))
                .toList());
        waiting.sort(
                Comparator.comparing(Item::exclusive).thenComparing(Item::cost).reversed());
        waiting.forEach(item -> unfinished.add(item.entry().dumpId()));
    }

    private static void keepOrder(List<Item> foreignKeys) {
        for (int i = 1; i < foreignKeys.size(); i++) {
            Item later = foreignKeys.get(i);
            foreignKeys.subList(0, i).stream()
                    .filter(later::shares)
                    .forEach(earlier -> later.after().add(earlier.entry().dumpId()));
        }
    }

    private static List<TocEntry> parallel(List<TocEntry> postData, Map<Integer, TocEntry> tables) {
        Map<Integer, Boolean> known = new HashMap<>();
        postData.forEach(entry -> known.put(entry.dumpId(), false));
        List<TocEntry> parallel = new ArrayList<>();
        for (TocEntry entry : postData) {
            boolean builds = KINDS.contains(entry.kind())
                    && entry.dependencies().stream().allMatch(id -> known.getOrDefault(id, true))
                    && entry.dependencies().stream().anyMatch(tables::containsKey);
            known.put(entry.dumpId(), builds);
            if (builds) {
                parallel.add(entry);
            }
        }
        return parallel;
    }

    private static Item item(TocEntry entry, Map<Integer, TocEntry> tables, ToLongFunction<TocEntry> size) {
        Set<Integer> locked = new HashSet<>(entry.dependencies());
        locked.retainAll(tables.keySet());
        // An index's definition may go on with ALTER TABLE, for CLUSTER or REPLICA IDENTITY, which takes a stronger
        // lock.
        boolean shares = entry.kind().equals("INDEX") && !entry.definition().contains("ALTER TABLE");
        long largest = locked.stream()
                .mapToLong(table -> size.applyAsLong(tables.get(table)))
                .max()
                .orElse(0);
        boolean slow = SLOW_METHOD.matcher(entry.definition()).find();
        return new Item(entry, new HashSet<>(entry.dependencies()), locked, !shares, slow ? largest * SLOWER : largest);
    }

    /**
     * Waits until something can be built.
     *
     * @return empty when nothing is left to begin
     */
    synchronized Optional<TocEntry> take() throws InterruptedException {
        while (!waiting.isEmpty()) {
            Optional<Item> ready = waiting.stream().filter(this::isReady).findFirst();
            if (ready.isPresent()) {
                waiting.remove(ready.get());
                running.add(ready.get());
                return ready.map(Item::entry);
            }
            if (running.isEmpty()) {
                // A circle, which pg_dump does not write: the serial replay goes by the archive's order.
                waiting.clear();
            } else {
                wait();
            }
        }
        return Optional.empty();
    }

    private boolean isReady(Item item) {
        return item.after().stream().noneMatch(unfinished::contains)
                && running.stream().noneMatch(other -> collide(item, other));
    }

    private static boolean collide(Item one, Item other) {
        return (one.exclusive() || other.exclusive()) && one.shares(other);
    }

    /** Whether what was taken takes longer than all that waits together: the others will have nothing to do beside it. */
    synchronized boolean outweighsTheRest(TocEntry taken) {
        long own = running.stream()
                .filter(item -> item.entry().equals(taken))
                .mapToLong(Item::cost)
                .sum();
        return own >= waiting.stream().mapToLong(Item::cost).sum();
    }

    /** What was taken is built, and what waits for it may begin. */
    synchronized void finished(TocEntry entry) {
        running.removeIf(item -> item.entry().equals(entry));
        unfinished.remove(entry.dumpId());
        notifyAll();
    }

    /** Nothing more is begun: the time is up, or something failed. */
    synchronized void abandon() {
        waiting.clear();
        notifyAll();
    }
}
