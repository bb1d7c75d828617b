package dev.lifeboat.pgarchive;

import java.io.IOException;

/**
 * The decompressed bytes of a block's chunks; what the chunks hold must end exactly where the content does. The seam for
 * further decompressors: one subclass each.
 */
abstract class BlockContent extends BulkInputStream {
    private final ChunkInputStream chunks;

    BlockContent(ChunkInputStream chunks) {
        this.chunks = chunks;
    }

    /**
     * The content of the chunks at the archive's current position.
     *
     */
    static BlockContent of(Compression compression, ArchiveInput in) {
        return switch (compression) {
            case NONE -> new StoredContent(new ChunkInputStream(in));
            case GZIP -> new InflatedContent(new ChunkInputStream(in), in);
            case LZ4 -> new Lz4Content(new ChunkInputStream(in), in);
            case ZSTD -> new ZstdContent(new ChunkInputStream(in), in);
        };
    }

    /** The archive's bytes below. */
    final ChunkInputStream chunks() {
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
