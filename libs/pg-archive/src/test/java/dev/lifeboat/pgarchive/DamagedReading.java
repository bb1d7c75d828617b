package dev.lifeboat.pgarchive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads a damaged archive in both ways, and holds each reading to what is promised of any bytes: it ends, in little memory, as a
 * reading or as the reader's own error, and a verification reads every byte, so that a checksum is that of all of them.
 */
final class DamagedReading implements AutoCloseable {
    private static final long MOST_BYTES_ALLOCATED = 64L << 20;
    /** For an archive of kilobytes on a machine that is busy: only a loop is meant to reach it. */
    private static final long MOST_SECONDS = 30;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private volatile Thread reader;
    private final ExecutorService readers = Executors.newSingleThreadExecutor(work -> {
        reader = new Thread(work, "damaged-reading");
        reader.setDaemon(true);
        return reader;
    });

    /**
     * What verification says.
     *
     * @param sha256 of what was read
     * @param restored whether random access came to the end of everything, too
     */
    record Outcome(ArchiveVerification verification, String sha256, boolean restored) {}

    /** @param damage what was done to the archive, and how it is done again, for messages */
    Outcome of(String damage, byte[] damaged) {
        Future<Outcome> outcome = readers.submit((Callable<Outcome>) () -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            Outcome read = read(damage, damaged);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated for %s", damage)
                    .isLessThan(MOST_BYTES_ALLOCATED);
            return read;
        });
        try {
            return outcome.get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    damage + " is still read after " + MOST_SECONDS + " s at "
                            + Arrays.toString(reader.getStackTrace()),
                    e);
        } catch (ExecutionException e) {
            throw new AssertionError(damage + " ended in: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Outcome read(String damage, byte[] damaged) throws IOException {
        try (InputStream bytes = new BytesSource(damaged).open(0, damaged.length)) {
            ChecksummedInputStream in = new ChecksummedInputStream(bytes, 1 << 12);
            ArchiveVerification verification = ArchiveVerifier.verify("damaged", in, ArchiveVerifier.Observer.NONE);
            assertThat(in.count()).as(damage).isEqualTo(damaged.length).isEqualTo(verification.bytesRead());
            return new Outcome(verification, in.sha256(), isRestored(verification, damaged));
        }
    }

    private static boolean isRestored(ArchiveVerification verification, byte[] damaged) throws IOException {
        try {
            requireSame(verification, readAll(damaged));
            return true;
        } catch (ArchiveException e) {
            assertThat(e.getMessage()).contains(" HINT: ");
            assertThat(verification.sound())
                    .as("sound, but can't be restored: %s", e.getMessage())
                    .isFalse();
            return false;
        }
    }

    /** What both ways of reading found in sound tables is the same. */
    static void requireSame(ArchiveVerification verification, Map<Integer, String> restored) {
        if (verification.sound()) {
            Map<Integer, String> verified = new TreeMap<>();
            verification.tables().forEach(table -> verified.put(table.entry().dumpId(), table.fingerprint()));
            assertThat(restored).isEqualTo(verified);
        }
    }

    /** Everything, by random access: the fingerprint of each table's rows, by dump id. */
    static Map<Integer, String> readAll(byte[] archive) throws IOException {
        Map<Integer, String> fingerprints = new TreeMap<>();
        BytesSource source = new BytesSource(archive);
        try (PgArchive opened = PgArchive.open(source)) {
            for (TocEntry entry : opened.entries()) {
                opened.compressedSize(entry);
                if (entry.isTableData()) {
                    fingerprints.put(entry.dumpId(), fingerprint(opened, entry));
                } else if (entry.isLargeObjects()) {
                    try (LargeObjects objects = opened.openLargeObjects(entry)) {
                        while (objects.next()) {
                            objects.content().transferTo(OutputStream.nullOutputStream());
                        }
                    }
                }
            }
        } finally {
            assertThat(source.openStreams()).isZero();
            assertThat(source.closed()).isTrue();
        }
        return fingerprints;
    }

    private static String fingerprint(PgArchive archive, TocEntry entry) throws IOException {
        RowFingerprint fingerprint = new RowFingerprint();
        byte[] buffer = new byte[1 << 13];
        try (InputStream rows = archive.openData(entry)) {
            for (int got = rows.read(buffer); got >= 0; got = rows.read(buffer)) {
                fingerprint.update(buffer, 0, got);
            }
        }
        return fingerprint.value();
    }

    static byte[] flip(byte[] archive, int bit) {
        byte[] damaged = archive.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        return damaged;
    }

    static byte[] fixture(String name) throws IOException {
        try (InputStream in = DamagedReading.class.getResourceAsStream("versions/" + name + ".dump")) {
            return in.readAllBytes();
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
