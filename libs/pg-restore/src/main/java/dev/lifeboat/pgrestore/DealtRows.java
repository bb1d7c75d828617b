package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.TocEntry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongConsumer;

/**
 * A split table's rows, read and decompressed once, on a thread of their own, for parts that are loaded at the same time in this process.
 * Each part gets the same rows as from {@link PartInputStream}. Every part must be read by somebody, to its end or until it is closed: what
 * waits in memory is bounded, so one that nobody reads would hold up the others.
 */
final class DealtRows implements PartRows, Closeable {
    private static final int BLOCKS = 8;
    private static final byte[] END = {};
    private static final int CLOSE_MILLISECONDS = 5000;

    private final PgArchive archive;
    private final TocEntry entry;
    private final int parts;
    private final Map<Integer, Lane> lanes = new HashMap<>();
    private final Thread dealer;

    private DealtRows(PgArchive archive, TocEntry entry, List<EntryPart> wanted) {
        this.archive = archive;
        this.entry = entry;
        this.parts = wanted.get(0).parts();
        wanted.forEach(part -> lanes.put(part.part(), new Lane()));
        this.dealer = new Thread(this::deal, "rows of " + entry.label());
        dealer.setDaemon(true);
    }

    /** @param wanted parts of the entry, one or more: those that will be read */
    static DealtRows of(PgArchive archive, TocEntry entry, List<EntryPart> wanted) {
        DealtRows rows = new DealtRows(archive, entry, wanted);
        rows.dealer.start();
        return rows;
    }

    /** @param read told by another thread */
    @Override
    public InputStream open(TocEntry ofTable, EntryPart part, LongConsumer read) {
        Lane lane = lanes.get(part.part());
        lane.read = read;
        return lane;
    }

    /** Nobody will read the part: it was found to be there. */
    void leave(EntryPart part) {
        Lane lane = lanes.get(part.part());
        if (lane != null) {
            lane.close();
        }
    }

    /** Ends every part's stream with that failure: whoever loads one of them has failed, or will not come. */
    void abandon(Throwable cause) {
        lanes.values().forEach(lane -> lane.fail(cause));
    }

    private void deal() {
        try (Turns turns = new Turns(archive.openData(entry, this::tell), parts)) {
            while (isWanted() && turns.next()) {
                Lane lane = lanes.get(turns.part());
                if (lane != null) {
                    lane.put(block(turns));
                }
            }
            for (Lane lane : lanes.values()) {
                lane.put(END);
            }
        } catch (InterruptedException e) {
            abandon(e);
        } catch (IOException | RuntimeException | Error e) {
            abandon(e);
        }
    }

    private boolean isWanted() {
        return lanes.values().stream().anyMatch(Lane::isOpen);
    }

    private void tell(long bytes) {
        lanes.values().forEach(lane -> lane.read.accept(bytes));
    }

    private static byte[] block(Turns turns) {
        byte[] block = new byte[turns.length()];
        turns.copy(0, block, 0, block.length);
        return block;
    }

    @Override
    public void close() {
        abandon(new IOException("The rows were closed"));
        dealer.interrupt();
        try {
            dealer.join(CLOSE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One part's rows. */
    private static final class Lane extends InputStream {
        private final BlockingQueue<byte[]> blocks = new ArrayBlockingQueue<>(BLOCKS);
        private volatile LongConsumer read = bytes -> {};
        private volatile Throwable failure;
        private volatile boolean closed;
        private byte[] current = {};
        private int next;
        private boolean ended;

        boolean isOpen() {
            return !closed && failure == null;
        }

        void put(byte[] block) throws InterruptedException {
            if (isOpen()) {
                blocks.put(block);
            }
        }

        /** The first failure stays. A dealer that waits for room goes on, and sees it before it puts more. */
        synchronized void fail(Throwable cause) {
            if (failure == null) {
                failure = cause;
                blocks.clear();
                blocks.add(END);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (next == current.length && length > 0 && !advance()) {
                return -1;
            }
            int step = Math.min(length, current.length - next);
            System.arraycopy(current, next, target, offset, step);
            next += step;
            return step;
        }

        private boolean advance() throws IOException {
            if (!ended) {
                current = take();
                next = 0;
                ended = current.length == 0;
            }
            return !ended;
        }

        private byte[] take() throws IOException {
            try {
                byte[] block = blocks.take();
                requireNoFailure();
                return block;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException interrupted = new InterruptedIOException("Interrupted while waiting for rows");
                interrupted.initCause(e);
                throw interrupted;
            }
        }

        private void requireNoFailure() throws IOException {
            Throwable cause = failure;
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            if (cause != null) {
                throw new IOException(cause.getMessage(), cause);
            }
        }

        @Override
        public void close() {
            closed = true;
            blocks.clear();
        }
    }
}
