package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.ArchiveException;
import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.TocEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Divides an archive's data into shards of about the same compressed size. */
public final class RestorePlanner {
    private static final Comparator<Sized> LARGEST_FIRST = Comparator.comparingLong(Sized::bytes)
            .reversed()
            .thenComparingInt(sized -> sized.entry().dumpId());

    private RestorePlanner() {}

    private record Sized(TocEntry entry, long bytes) {}

    /** What is being filled. */
    private static final class Bin {
        private final int index;
        private final List<Integer> dumpIds = new ArrayList<>();
        private long bytes;

        Bin(int index) {
            this.index = index;
        }

        void add(Sized sized) {
            dumpIds.add(sized.entry().dumpId());
            bytes += sized.bytes();
        }

        Shard shard() {
            return new Shard(index, dumpIds, bytes);
        }
    }

    /**
     * Puts each entry, the largest first, into the shard that is the smallest so far. No entry is split: the largest table is a
     * lower bound of a shard's size. The same archive always gives the same plan.
     *
     * @param shardsWanted 1 or more; the plan has fewer when there are fewer entries with data
     * @throws RestoreException of kind UNUSABLE_ARCHIVE or UNAVAILABLE when the archive can't be read
     */
    public static RestorePlan plan(PgArchive archive, int shardsWanted) {
        if (shardsWanted < 1) {
            throw new IllegalArgumentException("shardsWanted is " + shardsWanted + ", expected 1 or more");
        }
        List<Sized> entries = largestFirst(archive);
        PriorityQueue<Bin> bins = new PriorityQueue<>(
                Comparator.comparingLong((Bin bin) -> bin.bytes).thenComparingInt(bin -> bin.index));
        for (int index = 0; index < Math.min(shardsWanted, entries.size()); index++) {
            bins.add(new Bin(index));
        }
        for (Sized sized : entries) {
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

    private static List<Sized> largestFirst(PgArchive archive) {
        String what = "Planning the restore of database " + archive.header().databaseName();
        List<Sized> entries = new ArrayList<>();
        try {
            for (TocEntry entry : new RestorePasses(archive.entries()).data()) {
                entries.add(new Sized(entry, archive.compressedSize(entry)));
            }
        } catch (IOException e) {
            throw Failures.of(what, e);
        } catch (ArchiveException e) {
            throw Failures.of(what, e);
        }
        entries.sort(LARGEST_FIRST);
        return entries;
    }
}
