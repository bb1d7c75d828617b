package dev.lifeboat.pgarchive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A pg_dump archive in the custom format, read by byte range: the header and the table of contents when it is opened, data
 * on demand. Formats 1.14 to 1.16 (PostgreSQL 12 to 18), after pg_backup_archiver.c and pg_backup_custom.c.
 *
 * <p>Thread-safe: data of several entries may be read at once, each stream by one thread.
 */
public final class PgArchive implements Closeable {
    private static final int SEGMENT_BYTES = 1 << 20;

    private final ByteSource source;
    private final TableOfContents toc;
    private final List<TocEntry> entries;
    private BlockExtents extents;

    private PgArchive(ByteSource source, TableOfContents toc) {
        this.source = source;
        this.toc = toc;
        this.entries = toc.list();
    }

    /**
     * Reads the header and the table of contents.
     *
     * @param source closed by {@link #close()}, and when opening fails
     * @throws ArchiveException when they are not what pg_dump writes
     * @throws IOException when the source fails
     */
    public static PgArchive open(ByteSource source) throws IOException {
        try {
            long length = source.length();
            InputStream beginning = new SegmentedInputStream(source, length, SEGMENT_BYTES);
            try (ArchiveInput in = new ArchiveInput(source.name(), beginning, 0, length)) {
                return new PgArchive(source, TableOfContents.read(in));
            }
        } catch (IOException | RuntimeException e) {
            try {
                source.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** The archive's head. */
    public ArchiveHeader header() {
        return toc.header();
    }

    /** The name of the encoding that all text is in, data too, as PostgreSQL calls it: {@code UTF8}. */
    public String encoding() {
        return toc.encoding();
    }

    /** The table of contents in the archive's order, which is one that respects dependencies. */
    public List<TocEntry> entries() {
        return entries;
    }

    /** The entry with that id. */
    public Optional<TocEntry> entry(int dumpId) {
        return Optional.ofNullable(toc.entries().get(dumpId));
    }

    /**
     * The COPY text of a TABLE DATA entry, decompressed: its rows, each ended by a line feed, without the terminator
     * {@code \.} that ends them in the archive. The stream ends only where that terminator was found and the block ended
     * properly; else reading throws {@link ArchiveException}. The caller closes it.
     *
     * @throws ArchiveException when the block is broken, or holds INSERT statements
     * @throws IllegalArgumentException when the entry holds no rows
     * @throws IOException when the source fails
     */
    public InputStream openData(TocEntry entry) throws IOException {
        return openData(entry, read -> {});
    }

    /**
     * As {@link #openData(TocEntry)}, for those who show how far it has come.
     *
     * @param read told, by the thread that reads the stream, of the archive's bytes each time that some more are read;
     *     {@link #compressedSize} in all, at the end
     */
    public InputStream openData(TocEntry entry, LongConsumer read) throws IOException {
        if (!entry.isTableData()) {
            throw new IllegalArgumentException(entry.label() + " holds no rows");
        }
        Block block = openBlock(entry, read);
        if (!holdsCopyText(entry)) {
            block.in.close();
            throw insertStatements(block.in);
        }
        return new CopyTextInputStream(block.content, block.in);
    }

    /**
     * The large objects of a BLOBS entry. The caller closes it.
     *
     * @throws ArchiveException when the block is broken
     * @throws IllegalArgumentException when the entry holds no large objects
     * @throws IOException when the source fails
     */
    public LargeObjects openLargeObjects(TocEntry entry) throws IOException {
        return openLargeObjects(entry, read -> {});
    }

    /** As {@link #openLargeObjects(TocEntry)}, with {@code read} as {@link #openData(TocEntry, LongConsumer)} has it. */
    public LargeObjects openLargeObjects(TocEntry entry, LongConsumer read) throws IOException {
        if (!entry.isLargeObjects()) {
            throw new IllegalArgumentException(entry.label() + " holds no large objects");
        }
        Block block = openBlock(entry, read);
        return new LargeObjects(block.in, block.content);
    }

    /**
     * How many bytes the entry's data block takes in the archive, compressed, for planning; 0 when it has none. An archive
     * that was dumped to a pipe is read to its end the first time, here or when data is opened.
     *
     * @throws ArchiveException when the blocks are not where the table of contents says
     * @throws IOException when the source fails
     */
    public long compressedSize(TocEntry entry) throws IOException {
        return entry.hasData() ? extentOf(entry).length() : 0;
    }

    static boolean holdsCopyText(TocEntry entry) {
        return entry.copyStatement() != null && entry.copyStatement().startsWith("COPY ");
    }

    static ArchiveException insertStatements(ArchiveInput in) {
        return in.unsupported(
                "its rows are INSERT statements, expected COPY text.",
                "Dump without --inserts, --column-inserts and --rows-per-insert.");
    }

    private record Block(ArchiveInput in, BlockContent content) {}

    private Block openBlock(TocEntry entry, LongConsumer read) throws IOException {
        BlockExtents.Extent extent = extentOf(entry);
        InputStream range = new CountedInputStream(source.open(extent.start(), extent.length()), read);
        ArchiveInput in = new ArchiveInput(source.name(), range, extent.start(), extent.end());
        try {
            DataBlock.require(entry, in);
            return new Block(in, BlockContent.of(header().compression(), in));
        } catch (IOException | RuntimeException e) {
            try {
                in.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private BlockExtents.Extent extentOf(TocEntry entry) throws IOException {
        BlockExtents.Extent extent = extents().of(entry);
        if (extent == null) {
            throw new IllegalArgumentException(entry.label() + " is not of archive '" + source.name() + "'");
        }
        return extent;
    }

    private synchronized BlockExtents extents() throws IOException {
        if (extents == null) {
            extents = findExtents();
        }
        return extents;
    }

    private BlockExtents findExtents() throws IOException {
        long length = source.length();
        if (BlockExtents.known(toc)) {
            return BlockExtents.fromOffsets(toc, source.name(), length);
        }
        InputStream blocks = source.open(toc.dataStart(), length - toc.dataStart());
        try (ArchiveInput in = new ArchiveInput(source.name(), blocks, toc.dataStart(), length)) {
            return BlockExtents.scan(toc, in);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
