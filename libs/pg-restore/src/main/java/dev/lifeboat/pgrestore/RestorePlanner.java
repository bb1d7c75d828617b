package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.ArchiveException;
import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.PlainScript;
import dev.lifeboat.pgarchive.TocEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Divides an archive's data into shards of about the same compressed size. */
public final class RestorePlanner {
    /** A part's worker reads the whole entry: below this size that costs more than the other workers' help brings. */
    static final long SMALLEST_SPLIT = 16L << 20;

    private static final Comparator<Sized> LARGEST_FIRST = Comparator.comparingLong(Sized::bytes)
            .reversed()
            .thenComparingInt(sized -> sized.part().dumpId())
            .thenComparingInt(sized -> sized.part().part());

    private RestorePlanner() {}

    private record Sized(EntryPart part, long bytes) {}

    /** What is being filled. */
    private static final class Bin {
        private final int index;
        private final List<EntryPart> parts = new ArrayList<>();
        private long bytes;

        Bin(int index) {
            this.index = index;
        }

        void add(Sized sized) {
            parts.add(sized.part());
            bytes += sized.bytes();
        }

        Shard shard() {
            return new Shard(index, parts, bytes);
        }
    }

    /**
     * Puts each entry, the largest first, into the shard that is the smallest so far. A table that alone is more than one worker's
     * share is split by rows, so that no worker is left with it when the others are done. The same archive always gives the same
     * plan.
     *
     * @param shardsWanted 1 or more; the plan has fewer when there are fewer entries with data
     * @param workers how many load at the same time, 1 or more
     * @throws RestoreException of kind UNUSABLE_ARCHIVE or UNAVAILABLE when the archive can't be read
     */
    public static RestorePlan plan(PgArchive archive, int shardsWanted, int workers) {
        return plan(archive, shardsWanted, workers, SMALLEST_SPLIT);
    }

    /** As {@link #plan(PgArchive, int, int)} or {@link #plan(PlainScript)}, whichever the dump is. */
    public static RestorePlan plan(DumpContents dump, int shardsWanted, int workers) {
        return dump instanceof PlainScript script ? plan(script) : plan((PgArchive) dump, shardsWanted, workers);
    }

    /** A script is replayed in its own order: nothing of it is divided. */
    public static RestorePlan plan(PlainScript script) {
        return new RestorePlan(script.header().databaseName(), ArchiveId.of(script), List.of());
    }

    static RestorePlan plan(PgArchive archive, int shardsWanted, int workers, long smallestSplit) {
        atLeastOne("shardsWanted", shardsWanted);
        atLeastOne("workers", workers);
        List<Sized> parts = new ArrayList<>(split(archive, workers, smallestSplit));
        parts.sort(LARGEST_FIRST);
        PriorityQueue<Bin> bins = new PriorityQueue<>(
                Comparator.comparingLong((Bin bin) -> bin.bytes).thenComparingInt(bin -> bin.index));
        for (int index = 0; index < Math.min(Math.max(shardsWanted, workers), parts.size()); index++) {
            bins.add(new Bin(index));
        }
        for (Sized sized : parts) {
            Bin smallest = bins.remove();
            smallest.add(sized);
            bins.add(smallest);
        }
        List<Shard> shards = bins.stream()
                .map(Bin::shard)
                .sorted(Comparator.comparingInt(Shard::index))
                .toList();
        return new RestorePlan(archive.header().databaseName(), ArchiveId.of(archive), shards);
    }

    /** The shards' parts, in the order in which whoever loads all of them should. */
    static List<EntryPart> largestFirst(PgArchive archive, List<Shard> shards) {
        Map<Integer, Long> sizes = new HashMap<>();
        sizes(archive).forEach((entry, bytes) -> sizes.put(entry.dumpId(), bytes));
        return shards.stream()
                .flatMap(shard -> shard.parts().stream())
                .map(part -> new Sized(part, sizes.getOrDefault(part.dumpId(), 0L) / part.parts()))
                .sorted(LARGEST_FIRST)
                .map(Sized::part)
                .toList();
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 1 or more");
        }
    }

    private static List<Sized> split(PgArchive archive, int workers, long smallestSplit) {
        Map<TocEntry, Long> sizes = sizes(archive);
        long total = sizes.values().stream().mapToLong(Long::longValue).sum();
        OwnTables tables = new OwnTables(archive);
        return sizes.entrySet().stream()
                .flatMap(sized -> {
                    TocEntry entry = sized.getKey();
                    long bytes = sized.getValue();
                    int parts = bytes >= smallestSplit && tables.isFilledBy(entry) ? parts(bytes, total, workers) : 1;
                    return IntStream.range(0, parts)
                            .mapToObj(part -> new Sized(new EntryPart(entry.dumpId(), part, parts), bytes / parts));
                })
                .toList();
    }

    /** As many workers' shares as there are in it, of a fraction of one none. */
    private static int parts(long bytes, long total, int workers) {
        double shares = (double) bytes * workers / total;
        return shares <= 1 ? 1 : (int) Math.min(workers, Math.ceil(shares));
    }

    private static Map<TocEntry, Long> sizes(PgArchive archive) {
        String what = "Planning the restore of database " + archive.header().databaseName();
        Map<TocEntry, Long> sizes = new LinkedHashMap<>();
        try {
            for (TocEntry entry : new RestorePasses(archive.entries()).data()) {
                sizes.put(entry, archive.compressedSize(entry));
            }
        } catch (IOException e) {
            throw Failures.of(what, e);
        } catch (ArchiveException e) {
            throw Failures.of(what, e);
        }
        return sizes;
    }
}
