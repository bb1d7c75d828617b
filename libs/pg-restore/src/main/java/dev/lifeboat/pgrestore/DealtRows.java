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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * A split table's rows, read and decompressed once, on a thread of their own, for parts that are loaded at the same time in this process.
 * Each part gets the same rows as from {@link PartInputStream}. Every part must be read by somebody, to its end or until it is closed: what
 * waits in memory is bounded, so one that nobody reads would hold up the others.
 */
final class DealtRows implements PartRows, Closeable {
    /**
     * What may wait for all parts together: a part whose server has something else to do for a moment must not make the others wait for
     * their rows.
     */
    private static final int ALL_BYTES = 8 << 20;

    private static final int LEAST_BYTES = 2 * Turns.TURN_BYTES;
    /** Threads that have to be woken cost more than bytes that wait a moment; at most half of the ring, or both would sleep. */
    private static final int WORTH_WAKING = Turns.TURN_BYTES;

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
        int bytes = Math.max(LEAST_BYTES, ALL_BYTES / wanted.size());
        wanted.forEach(part -> lanes.put(part.part(), new Lane(bytes)));
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
                    lane.put(turns);
                }
            }
            lanes.values().forEach(Lane::end);
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

    /** One part's rows: a ring that the dealer fills and one reader empties. */
    private static final class Lane extends InputStream {
        private final byte[] ring;
        private final Lock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private volatile LongConsumer read = bytes -> {};
        private volatile Throwable failure;
        private volatile boolean closed;
        /** Bytes that were put, ever; told by the dealer alone. */
        private volatile long put;
        /** Bytes that were taken, ever; told by the reader alone. */
        private volatile long taken;

        private volatile boolean ended;

        Lane(int bytes) {
            this.ring = new byte[bytes];
        }

        boolean isOpen() {
            return !closed && failure == null;
        }

        /** Waits until there is room for all of the piece, as long as somebody may read it. */
        void put(Turns turns) throws InterruptedException {
            for (int from = 0; from < turns.length(); ) {
                int room = (int) (ring.length - (put - taken));
                if (room == 0) {
                    await(() -> put - taken <= ring.length - WORTH_WAKING || !isOpen());
                    if (!isOpen()) {
                        return;
                    }
                    continue;
                }
                int at = (int) (put % ring.length);
                int step = Math.min(Math.min(room, ring.length - at), turns.length() - from);
                turns.copy(from, ring, at, step);
                from += step;
                long reached = put + step;
                put = reached;
                if (reached - taken >= WORTH_WAKING) {
                    wake();
                }
            }
        }

        /** No more comes. */
        void end() {
            ended = true;
            wake();
        }

        /** The first failure stays. */
        void fail(Throwable cause) {
            synchronized (this) {
                failure = failure == null ? cause : failure;
            }
            wake();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            awaitBytes();
            requireNoFailure();
            int there = (int) (put - taken);
            if (there == 0) {
                return -1;
            }
            int at = (int) (taken % ring.length);
            int step = Math.min(Math.min(there, ring.length - at), length);
            System.arraycopy(ring, at, target, offset, step);
            long reached = taken + step;
            taken = reached;
            if (put - reached <= ring.length - WORTH_WAKING) {
                wake();
            }
            return step;
        }

        private void awaitBytes() throws IOException {
            try {
                if (put == taken) {
                    await(() -> put - taken >= WORTH_WAKING || ended || failure != null);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException interrupted = new InterruptedIOException("Interrupted while waiting for rows");
                interrupted.initCause(e);
                throw interrupted;
            }
        }

        private void await(BooleanSupplier enough) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!enough.getAsBoolean()) {
                    changed.await();
                }
            } finally {
                lock.unlock();
            }
        }

        /** After a change that somebody may wait for: whoever waits looks at it with the lock held, so none is missed. */
        private void wake() {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
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
            wake();
        }
    }
}
