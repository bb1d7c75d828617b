package dev.lifeboat.pgarchive;

import dev.lifeboat.pgarchive.ArchiveVerifier.Observer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Verifies an archive's slices on several threads of one process, while the caller's reads the archive from beginning to end for
 * its checksum: inflating takes most of a verification's time, and one stream can't be inflated by two.
 */
final class ParallelVerification {
    private static final int SLICES_PER_READER = 8;
    private static final int BUFFER_BYTES = 1 << 18;

    private final ByteSource source;
    private final ArchiveSlices archive;
    private final Observer observer;
    private final Queue<Long> waiting;
    private final Set<Long> starts;
    private final List<SliceFindings> found = new ArrayList<>();
    private long bytesRead;
    private Throwable failure;

    private ParallelVerification(ByteSource source, ArchiveSlices archive, List<Long> starts, Observer observer)
            throws IOException {
        this.source = source;
        this.archive = archive;
        this.observer = observer;
        this.starts = new HashSet<>(starts);
        this.waiting = new ConcurrentLinkedQueue<>(largestFirst(starts, source.length()));
    }

    /**
     * @param readers how many threads decompress
     * @return null when it can't be done: the archive does not say where its blocks are, or its table of contents is damaged
     */
    static ArchiveVerification run(ByteSource source, InputStream whole, int readers, Observer observer)
            throws IOException {
        List<Long> starts;
        ArchiveSlices archive;
        try {
            archive = ArchiveSlices.of(source);
            List<Long> blocks = archive.offsets().orElse(null);
            if (blocks == null) {
                return null;
            }
            long sliceBytes = Math.max(1, source.length() / ((long) readers * SLICES_PER_READER));
            starts = ArchiveSlices.starts(archive.dataStart(), blocks, source.length(), sliceBytes);
        } catch (ArchiveException e) {
            return null;
        }
        return new ParallelVerification(source, archive, starts, observer).run(whole, readers);
    }

    /** So that no thread is left with the largest at the end. */
    private static List<Long> largestFirst(List<Long> starts, long length) {
        return IntStream.range(0, starts.size())
                .boxed()
                .sorted(Comparator.comparingLong(
                        i -> starts.get(i) - (i + 1 < starts.size() ? starts.get(i + 1) : length)))
                .map(starts::get)
                .toList();
    }

    private ArchiveVerification run(InputStream whole, int readers) throws IOException {
        ExecutorService threads = DaemonThreads.of("blocks", readers);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int reader = 0; reader < readers; reader++) {
                work.add(threads.submit(this::verifySlices));
            }
            drain(whole);
            for (Future<?> each : work) {
                DaemonThreads.await(each);
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        } finally {
            DaemonThreads.end(threads);
        }
        rethrow();
        return ArchiveSlices.combine(source, found).found();
    }

    private void drain(InputStream whole) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (whole.read(buffer, 0, buffer.length) >= 0) {
            requireNoFailure();
        }
    }

    private void verifySlices() {
        try {
            for (Long start = waiting.poll(); start != null; start = waiting.poll()) {
                archive.verify(start, starts, this::add, new Share(start));
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private synchronized void add(SliceFindings findings) {
        found.add(findings);
    }

    private synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    private synchronized void requireNoFailure() {
        if (failure != null) {
            throw new CancellationException("another thread failed");
        }
    }

    private synchronized void rethrow() throws IOException {
        if (failure != null) {
            throw DaemonThreads.rethrown(failure);
        }
    }

    /** What one slice adds to the progress of all. */
    private final class Share implements Observer {
        private long last;

        Share(long start) {
            this.last = start;
        }

        @Override
        public void progress(long position, TocEntry entry) {
            synchronized (ParallelVerification.this) {
                requireNoFailure();
                bytesRead += position - last;
                last = position;
                observer.progress(bytesRead, entry);
            }
        }
    }
}
