package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Fingerprints tables' rows on a thread of its own, while the caller's decompresses what follows: the two take most of a
 * verification's time. Not thread-safe itself.
 */
final class RowFingerprinter implements AutoCloseable {
    private static final int BLOCKS = 4;
    private static final int BLOCK_BYTES = 1 << 18;

    private final ExecutorService thread = DaemonThreads.single("rows");
    private final byte[][] blocks = new byte[BLOCKS][BLOCK_BYTES];
    private final Future<?>[] inUse = new Future<?>[BLOCKS];

    RowFingerprinter() {
        for (int block = 0; block < BLOCKS; block++) {
            inUse[block] = CompletableFuture.completedFuture(null);
        }
    }

    /**
     * The fingerprint of a content's rows, up to and with what pg_dump ends them with.
     *
     * @param betweenBlocks called on the caller's thread
     */
    RowFingerprint of(BlockContent content, Runnable betweenBlocks) throws IOException {
        RowFingerprint fingerprint = new RowFingerprint();
        int block = 0;
        int got = fill(content, block);
        while (got == BLOCK_BYTES) {
            byte[] full = blocks[block];
            inUse[block] = thread.submit(() -> fingerprint.update(full, 0, full.length));
            betweenBlocks.run();
            block = (block + 1) % BLOCKS;
            got = fill(content, block);
        }
        // Most tables are small: theirs need not wait for another thread.
        for (Future<?> each : inUse) {
            DaemonThreads.await(each);
        }
        fingerprint.update(blocks[block], 0, got);
        return fingerprint;
    }

    private int fill(BlockContent content, int block) throws IOException {
        DaemonThreads.await(inUse[block]);
        return content.readNBytes(blocks[block], 0, BLOCK_BYTES);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
