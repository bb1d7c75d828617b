package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Reads a stream on a thread of its own, {@value #BLOCKS} blocks ahead, so that whoever reads this one waits neither for the network nor
 * for a checksum that is taken on the way. Not thread-safe itself.
 */
final class ReadAheadInputStream extends BulkInputStream {
    private static final int BLOCKS = 4;
    private static final int BLOCK_BYTES = 1 << 18;

    private final InputStream in;
    private final ExecutorService reader = DaemonThreads.single("read-ahead");
    private final Queue<Future<Block>> ahead = new ArrayDeque<>();
    private Block current = new Block(new byte[BLOCK_BYTES], 0);
    private int next;

    private static final class Block {
        private final byte[] bytes;
        private final int length;

        Block(byte[] bytes, int length) {
            this.bytes = bytes;
            this.length = length;
        }
    }

    /** @param in left open by {@link #close()}, but touched by nobody else until then */
    ReadAheadInputStream(InputStream in) {
        this.in = in;
        for (int block = 1; block < BLOCKS; block++) {
            fetchInto(new byte[BLOCK_BYTES]);
        }
    }

    private void fetchInto(byte[] bytes) {
        ahead.add(reader.submit(() -> new Block(bytes, in.readNBytes(bytes, 0, bytes.length))));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next == current.length && !advance()) {
            return -1;
        }
        int step = Math.min(length, current.length - next);
        System.arraycopy(current.bytes, next, target, offset, step);
        next += step;
        return step;
    }

    /** Goes to the next block; the current one's memory takes a further one. Behind the end every block is empty. */
    private boolean advance() throws IOException {
        fetchInto(current.bytes);
        current = DaemonThreads.await(ahead.remove());
        next = 0;
        return current.length > 0;
    }

    @Override
    public void close() {
        DaemonThreads.end(reader);
    }
}
