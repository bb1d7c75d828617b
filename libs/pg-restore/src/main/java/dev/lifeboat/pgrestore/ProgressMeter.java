package dev.lifeboat.pgrestore;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Adds up what a restore tells, and says how far it has come and when it will be over. Of two answers that one thread gets, the
 * later one is never behind in any number. Thread-safe.
 */
public final class ProgressMeter implements RestoreObserver {
    /** An end that is foretold from less is mere noise. */
    private static final Duration SHORTEST_PACE = Duration.ofSeconds(1);

    /** Where a pace is measured from. */
    private record Mark(long nanos, long done) {}

    private final long bytesTotal;
    private final int objectsTotal;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final long begun;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicInteger objects = new AtomicInteger();
    private final AtomicReference<Mark> firstRead = new AtomicReference<>();
    private final AtomicReference<Mark> allRead = new AtomicReference<>();

    /**
     * @param bytesTotal of the data that are to be restored, such as {@link RestorePlan#compressedBytes()}; 0 or more
     * @param objectsTotal such as {@link DatabaseRestore#objects()}; 0 or more
     */
    public ProgressMeter(long bytesTotal, int objectsTotal) {
        this(bytesTotal, objectsTotal, System::nanoTime, Clock.systemUTC());
    }

    /** @param nanoTime never goes back, as the clock may */
    ProgressMeter(long bytesTotal, int objectsTotal, LongSupplier nanoTime, Clock clock) {
        if (bytesTotal < 0 || objectsTotal < 0) {
            throw new IllegalArgumentException(
                    "expected totals of 0 or more, not " + bytesTotal + " bytes and " + objectsTotal + " objects");
        }
        this.bytesTotal = bytesTotal;
        this.objectsTotal = objectsTotal;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.begun = nanoTime.getAsLong();
    }

    @Override
    public void found(long moreBytes, long moreRows, int moreObjects) {
        rows.addAndGet(moreRows);
        objects.addAndGet(moreObjects);
        markIfAllRead(bytes.addAndGet(moreBytes));
    }

    @Override
    public void bytesRead(long more) {
        long now = bytes.addAndGet(more);
        if (firstRead.get() == null) {
            firstRead.compareAndSet(null, new Mark(nanoTime.getAsLong(), now));
        }
        markIfAllRead(now);
    }

    @Override
    public void rowsLoaded(long more) {
        rows.addAndGet(more);
    }

    @Override
    public void objectsReplayed(int more) {
        int now = objects.addAndGet(more);
        if (bytes.get() >= bytesTotal) {
            allRead.compareAndSet(null, new Mark(begun, now - more)); // there were no data
        }
    }

    private void markIfAllRead(long read) {
        if (read >= bytesTotal) {
            allRead.compareAndSet(null, new Mark(nanoTime.getAsLong(), objects.get()));
        }
    }

    /** How far it has come. */
    public RestoreProgress progress() {
        long now = nanoTime.getAsLong();
        long bytesDone = Math.min(bytes.get(), bytesTotal);
        int objectsDone = Math.min(objects.get(), objectsTotal);
        Instant end = bytesDone < bytesTotal
                ? end(firstRead.get(), now, bytesDone, bytesTotal)
                : end(allRead.get(), now, objectsDone, objectsTotal);
        return new RestoreProgress(
                bytesDone, bytesTotal, rows.get(), objectsDone, objectsTotal, Duration.ofNanos(now - begun), end);
    }

    private Instant end(Mark since, long now, long done, long total) {
        if (since == null || done <= since.done() || done >= total) {
            return null;
        }
        long passed = now - since.nanos();
        if (passed < SHORTEST_PACE.toNanos()) {
            return null;
        }
        double left = (double) passed / (done - since.done()) * (total - done);
        return clock.instant().plusNanos((long) left);
    }
}
