package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A pg_dump archive in the custom or the directory format: the header and the table of contents are read when it is opened, data
 * on demand, by byte range or by file. Formats 1.14 to 1.16 (PostgreSQL 12 to 18), after pg_backup_archiver.c, pg_backup_custom.c and
 * pg_backup_directory.c.
 *
 * <p>Thread-safe: data of several entries may be read at once, each stream by one thread.
 */
public final class PgArchive implements DumpContents {
    private static final int SEGMENT_BYTES = 1 << 20;

    private final ArchiveLayout layout;
    private final TableOfContents toc;
    private final List<TocEntry> entries;

    private PgArchive(ArchiveLayout layout, TableOfContents toc) {
        this.layout = layout;
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
            try (ArchiveInput in = new ArchiveInput(source.name(), beginning(source), 0, length)) {
                TableOfContents toc = TableOfContents.read(in, ArchiveFormat.CUSTOM);
                return new PgArchive(new CustomLayout(source, toc), toc);
            }
        } catch (IOException | RuntimeException e) {
            Closing.after(e, source);
            throw e;
        }
    }

    /**
     * Lists the files of an archive in directory format and reads its header and its table of contents. Its data files are opened
     * on demand.
     *
     * @param directory closed by {@link #close()}, and when opening fails
     * @throws ArchiveException when they are not what pg_dump writes
     * @throws IOException when the directory or a file of it can't be read
     */
    public static PgArchive open(ByteDirectory directory) throws IOException {
        try {
            DirectoryFiles files = new DirectoryFiles(directory);
            try (ArchiveInput in = files.open(DirectoryFiles.TOC, "header", bytes -> {})) {
                TableOfContents toc = TableOfContents.read(in, ArchiveFormat.DIRECTORY);
                return new PgArchive(new DirectoryLayout(directory, files, toc), toc);
            }
        } catch (IOException | RuntimeException e) {
            Closing.after(e, directory);
            throw e;
        }
    }

    static InputStream beginning(ByteSource source) throws IOException {
        return new SegmentedInputStream(source, source.length(), SEGMENT_BYTES);
    }

    @Override
    public ArchiveHeader header() {
        return toc.header();
    }

    @Override
    public String encoding() {
        return toc.encoding();
    }

    /** The table of contents in the archive's order, which is one that respects dependencies. */
    @Override
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
        requireOwn(entry);
        ArchiveLayout.Opened rows = layout.openRows(entry, read);
        if (!holdsCopyText(entry)) {
            ArchiveException fault = insertStatements(rows.in());
            Closing.after(fault, rows.content());
            throw fault;
        }
        return new CopyTextInputStream(rows.content(), rows.in());
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
        requireOwn(entry);
        return new LargeObjects(layout.openLargeObjects(entry, read));
    }

    /**
     * How many bytes the entry's data take in the archive, compressed, for planning; 0 when it has none. An archive
     * that was dumped to a pipe is read to its end the first time, here or when data is opened.
     *
     * @throws ArchiveException when the blocks are not where the table of contents says
     * @throws IOException when the source fails
     */
    public long compressedSize(TocEntry entry) throws IOException {
        if (!entry.hasData()) {
            return 0;
        }
        requireOwn(entry);
        return layout.size(entry);
    }

    static boolean holdsCopyText(TocEntry entry) {
        return entry.copyStatement() != null && entry.copyStatement().startsWith("COPY ");
    }

    static ArchiveException insertStatements(ArchiveInput in) {
        return in.unsupported(
                "its rows are INSERT statements, expected COPY text.",
                "Dump without --inserts, --column-inserts and --rows-per-insert.");
    }

    private void requireOwn(TocEntry entry) {
        TocEntry own = toc.entries().get(entry.dumpId());
        if (own == null || own.hasData() != entry.hasData() || !own.kind().equals(entry.kind())) {
            throw new IllegalArgumentException(entry.label() + " is not of archive '" + layout.name() + "'");
        }
    }

    @Override
    public void close() throws IOException {
        layout.close();
    }
}
