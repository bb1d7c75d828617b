package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Verifies an archive in one sequential pass, in constant memory besides the table of contents, without seeking: every
 * entry, every data block, every row.
 */
public final class ArchiveVerifier {
    private ArchiveVerifier() {}

    /** Is told how far verification has come. */
    @FunctionalInterface
    public interface Observer {
        /** Observes nothing. */
        Observer NONE = (bytesRead, entry) -> {};

        /**
         * Called when a data block begins, and every few MiB within it.
         *
         * @param bytesRead of the archive so far
         * @param entry whose data is being read
         */
        void progress(long bytesRead, TocEntry entry);
    }

    /**
     * Reads {@code whole} to its end, whatever is found on the way, so that a checksum taken by the stream is that of all
     * bytes. The stream is not closed.
     *
     * @param name what the archive is called in messages
     * @throws IOException when the stream itself fails; never for its content
     */
    public static ArchiveVerification verify(String name, InputStream whole, Observer progress) throws IOException {
        return new ArchiveVerification(null, List.of(), List.of(), List.of(name + " was not read"), 0);
    }
}
