package dev.lifeboat.pgarchive;

import dev.lifeboat.pgarchive.ArchiveException.Kind;
import dev.lifeboat.pgarchive.ArchiveException.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where each entry's data block lies in the archive: from the offsets in the table of contents, or found by a scan. */
final class BlockExtents {
    private static final String HINT =
            "Use another backup: this one's table of contents and data do not belong together.";

    private final Map<Integer, Extent> byDumpId = new HashMap<>();

    private BlockExtents() {}

    /**
     * Bytes of the archive.
     *
     * @param start of the block's head
     * @param end the byte behind the block
     */
    record Extent(long start, long end) {
        long length() {
            return end - start;
        }
    }

    /** Null for an entry without a block. */
    Extent of(TocEntry entry) {
        return byDumpId.get(entry.dumpId());
    }

    /** Whether the table of contents says where every block is. */
    static boolean known(TableOfContents toc) {
        return toc.withData().stream().allMatch(entry -> entry.dataOffset().isPresent());
    }

    /** A block reaches to where the next one begins: pg_dump leaves no gaps. */
    static BlockExtents fromOffsets(TableOfContents toc, String archive, long length) {
        List<TocEntry> entries = new ArrayList<>(toc.withData());
        entries.sort(Comparator.comparingLong(entry -> entry.dataOffset().getAsLong()));
        BlockExtents extents = new BlockExtents();
        long floor = toc.dataStart();
        for (int i = 0; i < entries.size(); i++) {
            TocEntry entry = entries.get(i);
            long start = entry.dataOffset().getAsLong();
            boolean last = i + 1 == entries.size();
            long end = last ? length : entries.get(i + 1).dataOffset().getAsLong();
            if (start >= length) {
                throw fault(
                        Kind.TRUNCATED,
                        archive,
                        length,
                        entry,
                        "its data begins at byte " + start + ", but the archive has " + length + " bytes.");
            }
            if (start < floor || end <= start) {
                throw fault(
                        Kind.CORRUPT,
                        archive,
                        start,
                        entry,
                        "its data begins at byte " + start + ", expected a byte of its own, from " + toc.dataStart()
                                + " on.");
            }
            extents.byDumpId.put(entry.dumpId(), new Extent(start, end));
        }
        return extents;
    }

    /** Reads the archive from its first block to its end, without decompressing. */
    static BlockExtents scan(TableOfContents toc, ArchiveInput in) throws IOException {
        BlockExtents extents = new BlockExtents();
        DataBlock block = DataBlock.readOrEnd(in, toc);
        while (block != null) {
            TocEntry entry = toc.entries().get(block.dumpId());
            if (entry == null || !entry.hasData() || DataBlock.Type.of(entry) != block.type()) {
                throw in.corrupt("the block at byte " + block.offset() + " is of dump id " + block.dumpId()
                        + " and type " + block.type() + ", expected an entry that has such data.");
            }
            in.enter(entry.label());
            block.skipContent(in);
            if (extents.byDumpId.put(entry.dumpId(), new Extent(block.offset(), in.position())) != null) {
                throw in.corrupt("it has a second data block at byte " + block.offset() + ".");
            }
            block = DataBlock.readOrEnd(in, toc);
        }
        for (TocEntry entry : toc.withData()) {
            if (extents.of(entry) == null) {
                in.enter(entry.label());
                throw in.truncated("the data blocks: there is none for this entry");
            }
        }
        return extents;
    }

    private static ArchiveException fault(Kind kind, String archive, long offset, TocEntry entry, String what) {
        return new ArchiveException(kind, new Place(archive, offset, entry.label()), what, HINT, false);
    }
}
