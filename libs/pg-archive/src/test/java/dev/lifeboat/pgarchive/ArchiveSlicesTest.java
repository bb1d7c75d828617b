package dev.lifeboat.pgarchive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.pgarchive.SliceFindings.Ending;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The oracle is the pass over the whole archive. */
@ExtendWith(RealPostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveSlicesTest {
    private static final int FLIPS = 500;
    /** A slice for each block, for some blocks, for all. */
    private static final int READERS = 3;

    private static final int[] SLICE_BYTES = {1, 700, 1 << 20};

    @TempDir
    private static Path directory;

    private final List<byte[]> archives = new ArrayList<>();

    @BeforeAll
    void dump(RealPostgres postgres) throws IOException {
        RealDumps dumps = new RealDumps(postgres, directory);
        // The tables t2 and t3 take equally many bytes when they are not compressed.
        String database = dumps.database("""
                CREATE TABLE t1 (id int PRIMARY KEY, t text);
                INSERT INTO t1 SELECT i, md5(i::text) FROM generate_series(1, 60) i;
                CREATE TABLE t2 (id int);
                INSERT INTO t2 VALUES (1), (2);
                CREATE TABLE t3 (id int);
                INSERT INTO t3 VALUES (3), (4);
                CREATE TABLE t4 (t text);
                INSERT INTO t4 SELECT repeat('row ', i) FROM generate_series(1, 40) i;
                SELECT lo_from_bytea(3000, 'a large object'), lo_from_bytea(3001, 'another');
                """);
        for (String level : List.of("0", "1")) {
            archives.add(Files.readAllBytes(dumps.toFile(database, "--compress=" + level)));
            archives.add(Files.readAllBytes(dumps.toPipe(database, "--compress=" + level)));
        }
    }

    @Test
    void slicesOfASoundArchiveComeToWhatOnePassComesTo() throws IOException {
        for (byte[] archive : archives) {
            assertThat(agreed(archive).problems()).isEmpty();
            assertThat(starts(new BytesSource(archive), 1)).hasSize(5);
        }
    }

    @Test
    void slicesOfACutArchiveComeToWhatOnePassComesTo() throws IOException {
        for (byte[] archive : archives) {
            for (int length = 0; length < archive.length; length += 13) {
                assertThat(agreed(Arrays.copyOf(archive, length)).sound()).isFalse();
            }
        }
    }

    @Test
    void slicesOfAnArchiveWithAFlippedBitComeToWhatOnePassComesTo() throws IOException {
        Random random = new Random(20261126);
        int found = 0;
        for (int i = 0; i < FLIPS; i++) {
            byte[] damaged = archives.get(i % archives.size()).clone();
            int bit = random.nextInt(damaged.length * 8);
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            found += agreed(damaged).sound() ? 0 : 1;
        }
        assertThat(found).isGreaterThan(FLIPS / 4);
    }

    @Test
    void slicesOfAnArchiveWhoseBlocksAreDoubledMissingOrSwappedComeToWhatOnePassComesTo() throws IOException {
        for (byte[] archive : archives) {
            List<byte[]> pieces = pieces(archive);
            for (int i = 1; i < pieces.size(); i++) {
                List<byte[]> missing = new ArrayList<>(pieces);
                missing.remove(i);
                assertThat(agreed(joined(missing)).problems()).isNotEmpty();
                for (int j = 1; j < pieces.size(); j++) {
                    List<byte[]> doubled = new ArrayList<>(pieces);
                    doubled.add(j, pieces.get(i));
                    assertThat(agreed(joined(doubled)).problems()).isNotEmpty();
                    List<byte[]> swapped = new ArrayList<>(pieces);
                    swapped.set(i, pieces.get(j));
                    swapped.set(j, pieces.get(i));
                    agreed(joined(swapped));
                }
            }
        }
    }

    @Test
    void aSliceThatIsStoppedLeavesItsOwnTableUnreadAndNoOther() throws IOException {
        byte[] archive = archives.get(0);
        ArchiveVerification whole = whole(archive);
        List<Long> starts = starts(new BytesSource(archive), 1000);
        assertThat(starts).hasSizeGreaterThan(2);
        List<SliceFindings> slices = new ArrayList<>();
        for (long start : starts) {
            long limit = start == starts.get(0) ? start + 100 : Long.MAX_VALUE;
            BytesSource source = new BytesSource(archive);
            try {
                ArchiveSlices.of(new Stopping(source, limit)).verify(start, new HashSet<>(starts), slices::add);
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("stop");
            }
        }

        SlicedVerification sliced = ArchiveSlices.combine(new BytesSource(archive), slices);

        assertThat(slices.get(0).ending()).isEqualTo(Ending.STOPPED);
        assertThat(sliced.unread())
                .singleElement()
                .asString()
                .matches("Archive 'test.dump' was read from byte \\d+ to byte \\d+ only, within entry \\d+ TABLE DATA"
                        + " public.t1.");
        assertThat(sliced.found().problems()).isEmpty();
        assertThat(sliced.found().tables())
                .isEqualTo(whole.tables().subList(1, whole.tables().size()));
    }

    @Test
    void severalReadersVerifyWhatSaysWhereItsBlocksAre() throws IOException {
        for (int i = 0; i < archives.size(); i++) {
            boolean toFile = i % 2 == 0;
            InputStream whole = new ByteArrayInputStream(archives.get(i));

            ArchiveVerification found = ParallelVerification.run(
                    new BytesSource(archives.get(i)), whole, READERS, ArchiveVerifier.Observer.NONE);

            assertThat(found).isEqualTo(toFile ? whole(archives.get(i)) : null);
            assertThat(whole.read() < 0).as("read for its checksum").isEqualTo(toFile);
        }
    }

    @Test
    void whatStopsOneReaderStopsAll() {
        byte[] archive = archives.get(0);
        BytesSource source = new BytesSource(archive);
        ArchiveVerifier.Observer stop = (bytesRead, entry) -> {
            throw new IllegalStateException("time is over");
        };
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(archive)) {
            @Override
            public int read(byte[] target, int from, int count) throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatThrownBy(() -> ParallelVerification.run(source, new ByteArrayInputStream(archive), READERS, stop))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("time is over");
        assertThatThrownBy(() -> ParallelVerification.run(source, broken, READERS, ArchiveVerifier.Observer.NONE))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
        assertThat(source.openStreams()).isZero();
    }

    @Test
    void aLargeBlockIsASliceOfItsOwn() {
        assertThat(ArchiveSlices.starts(10, List.of(10L, 20L, 30L, 500L, 510L), 520, 100))
                .containsExactly(10L, 30L, 500L);
        assertThat(ArchiveSlices.starts(10, List.of(), 10, 100)).containsExactly(10L);
        assertThat(ArchiveSlices.starts(10, List.of(500L), 520, 100)).containsExactly(10L, 500L);
    }

    @Test
    void withoutTheFindingsOfASliceNothingIsSaid() throws IOException {
        BytesSource source = new BytesSource(archives.get(0));
        List<SliceFindings> slices = slices(source, 1);
        slices.remove(2);

        assertThatThrownBy(() -> ArchiveSlices.combine(source, slices))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("no slice begins at byte \\d+ of test.dump");
    }

    /** What one pass says, after slices of all sizes said the same. */
    private static ArchiveVerification agreed(byte[] archive) throws IOException {
        ArchiveVerification whole = whole(archive);
        for (int bytes : SLICE_BYTES) {
            BytesSource source = new BytesSource(archive);
            SlicedVerification sliced = ArchiveSlices.combine(source, slices(source, bytes));
            assertThat(sliced.found()).isEqualTo(whole);
            assertThat(sliced.unread()).isEmpty();
            assertThat(source.openStreams()).isZero();
        }
        BytesSource source = new BytesSource(archive);
        ArchiveVerification parallel = ParallelVerification.run(
                source, new ByteArrayInputStream(archive), READERS, ArchiveVerifier.Observer.NONE);
        assertThat(parallel).isIn(whole, null);
        assertThat(source.openStreams()).isZero();
        return whole;
    }

    private static ArchiveVerification whole(byte[] archive) throws IOException {
        return ArchiveVerifier.verify("test.dump", new ByteArrayInputStream(archive), ArchiveVerifier.Observer.NONE);
    }

    private static List<SliceFindings> slices(BytesSource source, int bytes) throws IOException {
        List<SliceFindings> found = new ArrayList<>();
        try {
            Set<Long> starts = new HashSet<>(starts(source, bytes));
            for (long start : starts) {
                ArchiveSlices.of(source).verify(start, starts, found::add);
            }
        } catch (ArchiveException e) {
            // No table of contents, no slices.
        }
        return found;
    }

    private static List<Long> starts(BytesSource source, int bytes) throws IOException {
        ArchiveSlices slices = ArchiveSlices.of(source);
        List<Long> blocks = slices.offsets().orElse(null);
        if (blocks == null) {
            blocks = new ArrayList<>();
            slices.scan(slices.dataStart(), blocks::add);
        }
        return ArchiveSlices.starts(slices.dataStart(), blocks, source.length(), bytes);
    }

    /** What comes before the data, and each block. */
    private static List<byte[]> pieces(byte[] archive) throws IOException {
        List<Long> starts = starts(new BytesSource(archive), 1);
        List<byte[]> pieces = new ArrayList<>();
        pieces.add(Arrays.copyOf(archive, (int) (long) starts.get(0)));
        for (int i = 0; i < starts.size(); i++) {
            long end = i + 1 < starts.size() ? starts.get(i + 1) : archive.length;
            pieces.add(Arrays.copyOfRange(archive, (int) (long) starts.get(i), (int) end));
        }
        return pieces;
    }

    private static byte[] joined(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Throws at a byte, as a reader does whose time is over. */
    private record Stopping(BytesSource source, long limit) implements ByteSource {
        @Override
        public String name() {
            return source.name();
        }

        @Override
        public long length() {
            return source.length();
        }

        @Override
        public InputStream open(long offset, long length) {
            return new FilterInputStream(source.open(offset, length)) {
                private long at = offset;

                @Override
                public int read(byte[] target, int from, int count) throws IOException {
                    if (offset > 0 && at >= limit) {
                        throw new IllegalStateException("stop");
                    }
                    int got = super.read(target, from, (int) Math.min(count, Math.max(limit - at, 1)));
                    at += Math.max(got, 0);
                    return got;
                }
            };
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
