package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InputStream;

/**
 * Verifies an archive in one sequential pass, in constant memory besides the table of contents, without seeking: every
 * entry, every data block, every row.
 *
 * <p>It finds what can be told from the archive alone: damage within compressed data, in lengths, in the table of contents,
 * blocks that are missing, doubled, out of place or of the wrong type, and an archive that ends early, at whichever byte.
 * It can't see a changed byte within uncompressed rows or within a name, nor, in compressed data, the rare damage that
 * Adler-32, the zlib stream's own checksum, misses. So a sound archive is verified only once its SHA-256 is the manifest's
 * ({@link ChecksummedInputStream} takes it in the same pass).
 */
public final class ArchiveVerifier {
    /** Further ones would wait for the thread that takes the checksum. */
    private static final int MOST_READERS = 4;
    /** Less is read before the threads would have begun. */
    private static final long PARALLEL_BYTES = 8 << 20;

    private ArchiveVerifier() {}

    /** Is told how far verification has come. */
    @FunctionalInterface
    public interface Observer {
        /** Observes nothing. */
        Observer NONE = (bytesRead, entry) -> {};

        /**
         * Called when a data block begins, and every few MiB within a table.
         *
         * @param bytesRead of the archive so far
         * @param entry whose data is being read
         */
        void progress(long bytesRead, TocEntry entry);
    }

    /**
     * Reads {@code whole} to its end, whatever is found on the way, so that a checksum taken by the stream is that of all
     * bytes. The stream is not closed, but read on another thread until this method ends: three threads share the work, one that reads,
     * one that decompresses and one that counts rows.
     *
     * @param name what the archive is called in messages
     * @throws IOException when the stream itself fails; never for its content
     */
    public static ArchiveVerification verify(String name, InputStream whole, Observer progress) throws IOException {
        try (ReadAheadInputStream bytes = new ReadAheadInputStream(whole);
                RowFingerprinter rows = new RowFingerprinter()) {
            return new VerificationPass(new ArchiveInput(name, bytes, 0, Long.MAX_VALUE), rows, progress).run();
        }
    }

    /**
     * As above, but several threads decompress, each its own data blocks, where the archive says where those begin and is large enough for it
     * to pay. Reads the archive twice then: {@code whole} for its checksum on the caller's thread, and the blocks through
     * {@code source}.
     *
     * @param source not closed
     * @param whole all bytes of {@code source}; read to its end, not closed
     * @param progress may be called on several threads, on one at a time
     * @throws IOException when the source or the stream itself fails; never for their content
     */
    public static ArchiveVerification verify(ByteSource source, InputStream whole, Observer progress)
            throws IOException {
        int readers = readers();
        ArchiveVerification found = readers > 1 && source.length() >= PARALLEL_BYTES
                ? ParallelVerification.run(source, whole, readers, progress)
                : null;
        return found == null ? verify(source.name(), whole, progress) : found;
    }

    private static int readers() {
        return Math.min(Runtime.getRuntime().availableProcessors(), MOST_READERS);
    }

    /**
     * Verifies an archive in directory format, file by file, several of them at the same time when it is large: those that are missing, damaged, cut off or not the archive's own are
     * problems. What it can't see is more than in the custom format: gzip files have checksums, but others have none, so that a
     * changed byte in rows or in a large object may pass, and a large object that is not compressed may be cut off anywhere. The
     * directory is not closed.
     *
     * @param progress may be called on several threads, on one at a time
     * @throws IOException when the directory or a file of it can't be read; never for its content
     */
    public static ArchiveVerification verify(ByteDirectory directory, Observer progress) throws IOException {
        DirectoryFiles files = new DirectoryFiles(directory);
        long bytes =
                files.lengths().values().stream().mapToLong(Long::longValue).sum();
        return new DirectoryVerification(files, progress, bytes >= PARALLEL_BYTES ? readers() : 1).run();
    }
}
