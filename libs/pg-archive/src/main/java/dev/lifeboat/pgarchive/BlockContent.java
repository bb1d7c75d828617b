package dev.lifeboat.pgarchive;

import java.io.IOException;

/**
 * The decompressed bytes of a block's chunks or of a directory's file; what these hold must end exactly where the content does. The
 * seam for further decompressors: one subclass each.
 */
abstract class BlockContent extends BulkInputStream {
    private final Chunks chunks;

    BlockContent(Chunks chunks) {
        this.chunks = chunks;
    }

    /** The content of the chunks at the archive's current position. */
    static BlockContent of(Compression compression, ArchiveInput in) {
        return switch (compression) {
            case NONE -> new StoredContent(new ChunkInputStream(in));
            case GZIP -> new InflatedContent(new ChunkInputStream(in), in);
            case LZ4 -> new Lz4Content(new ChunkInputStream(in), in);
            case ZSTD -> new ZstdContent(new ChunkInputStream(in), in);
        };
    }

    /** The content of a directory's file, at its beginning. */
    static BlockContent ofFile(Compression compression, ArchiveInput in) {
        Chunks file = new WholeFile(in);
        return switch (compression) {
            case NONE -> new StoredContent(file);
            case GZIP -> new GzipContent(file, in);
            case LZ4 -> new Lz4Content(file, in);
            case ZSTD -> new ZstdContent(file, in);
        };
    }

    /** The archive's bytes below. */
    final Chunks chunks() {
        return chunks;
    }

    /** Begins anew with the chunks at the archive's current position. */
    void restart() {
        chunks.restart();
    }

    /** Lets go of the decompressor's memory, but leaves the archive open. */
    void release() {}

    @Override
    public final void close() throws IOException {
        release();
        chunks.close();
    }
}
