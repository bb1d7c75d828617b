package dev.lifeboat.pgarchive;

import java.io.InputStream;

/** The readers of compressed content by themselves, for files that are no archive of pg_dump's. */
public final class CompressedStream {
    private CompressedStream() {}

    /**
     * The content of a stream that is compressed as a whole: one gzip member, one LZ4 frame, Zstandard frames. Checksums in it are checked,
     * and no byte may follow it.
     *
     * @param name for messages
     * @param stored closed with what is returned
     * @return not thread-safe; reading throws {@link ArchiveException} where the compressed bytes are damaged, and what {@code stored} throws
     */
    public static InputStream open(Compression compression, String name, InputStream stored) {
        ArchiveInput in = new ArchiveInput(name, stored, 0, Long.MAX_VALUE);
        in.enter("the content");
        return BlockContent.ofFile(compression, in);
    }
}
