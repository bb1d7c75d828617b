package dev.lifeboat.bench.inner;

import dev.lifeboat.pgarchive.ArchiveVerification;
import dev.lifeboat.pgarchive.ArchiveVerifier;
import dev.lifeboat.pgarchive.ByteSource;
import dev.lifeboat.pgarchive.ChecksummedInputStream;
import dev.lifeboat.pgarchive.FileByteSource;
import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.TocEntry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Over a real archive, read from the disk: {@code -p archive=FILE}. Inflating and finding the rows' end, and the whole of a
 * verification.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class ArchiveBenchmark {
    private static final long PART_BYTES = 64L << 20;
    private static final int BUFFER_BYTES = 1 << 16;

    /** A custom-format archive made by pg_dump. */
    @Param("")
    public String archive;

    /** The largest table's rows: inflate, cut off the terminator. */
    @Benchmark
    public long inflateAndFindRows() throws IOException {
        try (ByteSource source = new FileByteSource(Path.of(archive));
                PgArchive opened = PgArchive.open(source)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long bytes = 0;
            try (InputStream rows = opened.openData(largest(opened))) {
                for (int got = rows.read(buffer); got >= 0; got = rows.read(buffer)) {
                    bytes += got;
                }
            }
            return bytes;
        }
    }

    /** Everything, without checksums. */
    @Benchmark
    public ArchiveVerification verify() throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(archive)), BUFFER_BYTES)) {
            return ArchiveVerifier.verify(archive, in, ArchiveVerifier.Observer.NONE);
        }
    }

    /** Everything, as the function does it. */
    @Benchmark
    public String verifyWithChecksums() throws IOException {
        try (ChecksummedInputStream in =
                new ChecksummedInputStream(Files.newInputStream(Path.of(archive)), PART_BYTES)) {
            ArchiveVerifier.verify(archive, in, ArchiveVerifier.Observer.NONE);
            return in.sha256();
        }
    }

    private static TocEntry largest(PgArchive opened) {
        return opened.entries().stream()
                .filter(TocEntry::isTableData)
                .max(Comparator.comparingLong(entry -> size(opened, entry)))
                .orElseThrow();
    }

    private static long size(PgArchive opened, TocEntry entry) {
        try {
            return opened.compressedSize(entry);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
