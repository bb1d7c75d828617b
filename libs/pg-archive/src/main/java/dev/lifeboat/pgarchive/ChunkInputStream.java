package dev.lifeboat.pgarchive;

import java.io.IOException;

/**
 * The bytes of consecutive chunks, each preceded by its length, up to the chunk of length 0 that ends them. A read fills
 * the buffer across chunks: an uncompressed archive has one for each row.
 */
final class ChunkInputStream extends Chunks {
    private final ArchiveInput in;
    private int left;
    private boolean ended;

    ChunkInputStream(ArchiveInput in) {
        this.in = in;
    }

    @Override
    void restart() {
        left = 0;
        ended = false;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length && hasMore()) {
            int step = in.read(target, offset + done, Math.min(length - done, left));
            if (step < 0) {
                throw in.truncated("a chunk, " + left + " bytes before its end");
            }
            left -= step;
            done += step;
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    @Override
    void skipToEnd() throws IOException {
        while (hasMore()) {
            in.skip(left, "a chunk");
            left = 0;
        }
    }

    private boolean hasMore() throws IOException {
        if (left == 0 && !ended) {
            left = in.readInt("chunk length", 0, Limits.MAX_CHUNK_BYTES);
            ended = left == 0;
            in.requireRemaining(left, "a chunk");
        }
        return !ended;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
