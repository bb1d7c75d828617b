package dev.lifeboat.pgarchive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A pg_dump archive in the custom format, read by byte range: the header and the table of contents when it is opened, data
 * on demand. Formats 1.14 to 1.16 (PostgreSQL 12 to 18), after pg_backup_archiver.c and pg_backup_custom.c.
 *
 * <p>Thread-safe: data of several entries may be read at once, each stream by one thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class PgArchive implements Closeable {
    private PgArchive() {}

    /**
     * Reads the header and the table of contents.
     *
     * @param source closed by {@link #close()}, and when opening fails
     * @throws ArchiveException when they are not what pg_dump writes
     * @throws IOException when the source fails
     */
    public static PgArchive open(ByteSource source) throws IOException {
        if (source.length() > 0) {
            throw new UnsupportedOperationException(source.name());
        }
        return new PgArchive();
    }

    /** The archive's head. */
    public ArchiveHeader header() {
        throw new UnsupportedOperationException();
    }

    /** The name of the encoding that all text is in, data too, as PostgreSQL calls it: {@code UTF8}. */
    public String encoding() {
        throw new UnsupportedOperationException();
    }

    /** The table of contents in the archive's order, which is one that respects dependencies. */
    public List<TocEntry> entries() {
        throw new UnsupportedOperationException();
    }

    /** The entry with that id. */
    public Optional<TocEntry> entry(int dumpId) {
        throw new UnsupportedOperationException();
    }

    /**
     * The COPY text of a TABLE DATA entry, decompressed: its rows, each ended by a line feed, without the terminator
     * {@code \.} that ends them in the archive. The stream ends only where that terminator was found and the block ended
     * properly; else reading throws {@link ArchiveException}. The caller closes it.
     *
     * @throws ArchiveException when the block is broken, or holds INSERT statements
     * @throws IllegalArgumentException when the entry holds no rows
     */
    public InputStream openData(TocEntry entry) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * The large objects of a BLOBS entry. The caller closes it.
     *
     * @throws ArchiveException when the block is broken
     * @throws IllegalArgumentException when the entry holds no large objects
     */
    public LargeObjects openLargeObjects(TocEntry entry) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * How many bytes the entry's data block takes in the archive, compressed, for planning; 0 when it has none. An archive
     * that was dumped to a pipe is read to its end the first time.
     */
    public long compressedSize(TocEntry entry) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws IOException {}
}
