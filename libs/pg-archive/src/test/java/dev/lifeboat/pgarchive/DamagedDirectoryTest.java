package dev.lifeboat.pgarchive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories that PostgreSQL 17's pg_dump wrote, damaged; src/test/scripts/make-fixtures.sh made them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DamagedDirectoryTest {
    private static final int FLIPS = 1000;
    private static final long MOST_BYTES_ALLOCATED = 64L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource({
        "17-lz4, 17-none",
        "17-zstd, 17-none",
        "17-tiny-none, 17-tiny-none",
        "17-tiny-gzip, 17-tiny-none",
        "17-tiny-lz4, 17-tiny-none",
        "17-tiny-zstd, 17-tiny-none"
    })
    void undamagedHoldsWhatTheCustomFormatHolds(String name, String custom) throws IOException {
        Map<String, byte[]> files = BytesDirectory.fixture(name);
        ArchiveVerification verification = verify(files);

        assertThat(verification.problems()).isEmpty();
        assertThat(verification.bytesRead())
                .isEqualTo(
                        files.values().stream().mapToLong(file -> file.length).sum());
        try (PgArchive archive = PgArchive.open(new BytesSource(DamagedReading.fixture(custom)))) {
            assertThat(restore(files)).isEqualTo(DirectoryDumps.data(archive));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"17-tiny-none", "17-tiny-gzip", "17-tiny-lz4", "17-tiny-zstd", "17-lz4"})
    void aMissingFileIsAlwaysNamed(String name) throws IOException {
        Map<String, byte[]> files = BytesDirectory.fixture(name);
        for (String missing : files.keySet()) {
            Map<String, byte[]> rest = new TreeMap<>(files);
            rest.remove(missing);
            String what = "Archive 'test.d/" + missing + "' is truncated at byte 0 (";

            assertThat(verify(rest).problems()).anyMatch(problem -> problem.startsWith(what));
            assertThatThrownBy(() -> restore(rest)).hasMessageStartingWith(what).hasMessageContaining(" HINT: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"17-tiny-none", "17-tiny-gzip", "17-tiny-lz4", "17-tiny-zstd"})
    void aFileCutAnywhereIsNeverSoundUnlessWhatIsLeftIsALargeObject(String name) throws IOException {
        Map<String, byte[]> files = BytesDirectory.fixture(name);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            for (int length = 0; length < file.getValue().length; length++) {
                Map<String, byte[]> damaged = with(files, file.getKey(), Arrays.copyOf(file.getValue(), length));
                boolean unseen = isUnseen(name, file.getKey(), file.getValue().length - length, length);
                // The other large objects' files belong to nobody then, but a restore does not look for such.
                boolean betweenLines = file.getKey().endsWith(".toc") && length == file.getValue().length / 2;

                String damage = file.getKey() + " cut at " + length;
                assertThat(verify(damaged).sound()).as(damage).isEqualTo(unseen);
                assertThat(isRestored(damaged)).as(damage).isEqualTo(unseen || betweenLines);
            }
        }
    }

    /**
     * Nothing says how long a stored large object is, and with LZ4 or Zstandard pg_dump writes an empty one as an empty file. Of
     * stored rows all are there as long as the line that ends them is; two line feeds follow.
     */
    private static boolean isUnseen(String name, String file, int missing, int left) {
        boolean stored = name.endsWith("none");
        if (file.startsWith("blob_")) {
            return stored || (left == 0 && !name.endsWith("gzip"));
        }
        return stored && file.endsWith(".dat") && !file.equals("toc.dat") && missing <= 2;
    }

    @ParameterizedTest
    @ValueSource(strings = {"17-tiny-none", "17-tiny-gzip", "17-tiny-lz4", "17-tiny-zstd"})
    void aFlippedBitNeverDoesHarm(String name) throws IOException {
        Map<String, byte[]> files = BytesDirectory.fixture(name);
        List<String> names = new ArrayList<>(files.keySet());
        Random random = new Random(17);
        for (int i = 0; i < FLIPS; i++) {
            String file = names.get(random.nextInt(names.size()));
            int bit = random.nextInt(files.get(file).length * 8);
            Map<String, byte[]> damaged = with(files, file, DamagedReading.flip(files.get(file), bit));
            long before = THREADS.getCurrentThreadAllocatedBytes();

            verify(damaged);
            isRestored(damaged);

            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as("bit %d of %s", bit, file)
                    .isLessThan(MOST_BYTES_ALLOCATED);
        }
    }

    @Test
    void everyFlippedBitOfAGzipFileThatMattersIsSeen() throws IOException {
        Map<String, byte[]> files = BytesDirectory.fixture("17-tiny-gzip");
        Map<String, Integer> data = restore(files);
        int unseen = 0;
        for (String file : files.keySet()) {
            for (int bit = 0; file.endsWith(".gz") && bit < files.get(file).length * 8; bit++) {
                Map<String, byte[]> damaged = with(files, file, DamagedReading.flip(files.get(file), bit));
                if (verify(damaged).sound()) {
                    assertThat(restore(damaged)).as("bit %d of %s", bit, file).isEqualTo(data);
                    unseen++;
                }
            }
        }
        // Of each header the time, the hints and the system, and what fills the last compressed byte.
        assertThat(unseen).isBetween(3 * 48, 3 * 55);
    }

    @Test
    void aGzipFilesOwnChecksumLengthAndEndAreChecked() throws IOException {
        Map<String, byte[]> files = BytesDirectory.fixture("17-tiny-gzip");
        String file = "blob_3000.dat.gz";
        int bits = files.get(file).length * 8;

        assertThat(onlyProblem(with(files, file, DamagedReading.flip(files.get(file), bits - 64))))
                .contains("its gzip stream has another CRC-32 than its content: ");
        assertThat(onlyProblem(with(files, file, DamagedReading.flip(files.get(file), bits - 32))))
                .contains("its gzip stream has another length than its content: 8, expected 9.");
        assertThat(onlyProblem(with(files, file, Arrays.copyOf(files.get(file), bits / 8 + 1))))
                .contains("bytes follow the end of its gzip stream.");
        assertThat(onlyProblem(with(files, file, new byte[20])))
                .contains("its gzip stream does not begin as pg_dump's do.");
    }

    @Test
    void aFileOfNoEntryIsAProblem() throws IOException {
        Map<String, byte[]> files = BytesDirectory.fixture("17-tiny-gzip");

        assertThat(onlyProblem(with(files, "3338.dat", new byte[0])))
                .isEqualTo(
                        "Archive 'test.d/3338.dat' is corrupt at byte 0 (file): no entry of the table of contents has"
                                + " this file. HINT: Find out who put it there: pg_restore may read it in place of another one.");
    }

    @Test
    void somethingBehindTheTableOfContentsIsAProblem() throws IOException {
        Map<String, byte[]> files = BytesDirectory.fixture("17-tiny-gzip");
        byte[] toc = files.get("toc.dat");

        assertThat(verify(with(files, "toc.dat", Arrays.copyOf(toc, toc.length + 1)))
                        .problems())
                .singleElement()
                .asString()
                .contains("something follows the table of contents.");
    }

    @ParameterizedTest
    @CsvSource({
        "'3000 blob_3001.dat|', expected an OID and the name of its file.",
        "'3000 ../../etc/passwd|', expected an OID and the name of its file.",
        "'0 blob_0.dat|', expected an OID and the name of its file.",
        "'4294967296 blob_4294967296.dat|', expected an OID and the name of its file.",
        "'4294967295 blob_4294967295.dat.gz|', a line of it is longer than 30 bytes.",
        "'', it names no large object.",
        "'blob_3000.dat|', expected an OID and the name of its file.",
        "'|', expected an OID and the name of its file.",
        "'3000 blob_3000.dat', it ends within a line.",
        "'3000 blob_3000.dat|3001 blob_3001.dat|3000 blob_3000.dat|', have this file.",
    })
    void aBrokenListOfLargeObjectsIsAProblem(String list, String problem) throws IOException {
        Map<String, byte[]> files = with(
                BytesDirectory.fixture("17-tiny-gzip"),
                "blobs_3340.toc",
                list.replace('|', '\n').getBytes(StandardCharsets.UTF_8));

        assertThat(verify(files).problems()).anyMatch(found -> found.contains(problem));
    }

    /** With so many bytes more several threads read it. */
    private static Map<String, byte[]> large(Map<String, byte[]> files) {
        return with(files, "stray", new byte[8 << 20]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17-lz4", "17-zstd", "17-tiny-gzip"})
    void severalThreadsFindWhatOneFinds(String name) throws IOException {
        Map<String, byte[]> files = BytesDirectory.fixture(name);
        Random random = new Random(18);
        List<Map<String, byte[]>> all = new ArrayList<>(List.of(files));
        for (String file : files.keySet()) {
            Map<String, byte[]> rest = new TreeMap<>(files);
            rest.remove(file);
            all.add(rest);
            byte[] bytes = files.get(file);
            if (bytes.length > 0) {
                all.add(with(files, file, DamagedReading.flip(bytes, random.nextInt(bytes.length * 8))));
            }
        }
        for (Map<String, byte[]> damaged : all) {
            ArchiveVerification one = verify(damaged);
            ArchiveVerification several = verify(large(damaged));

            assertThat(several.tables()).isEqualTo(one.tables());
            assertThat(several.problems())
                    .filteredOn(problem -> !problem.contains("/stray'"))
                    .isEqualTo(one.problems());
            assertThat(several.bytesRead()).isEqualTo(one.bytesRead());
        }
    }

    @Test
    void aFileThatCannotBeReadIsNoFindingForSeveralThreadsEither() throws IOException {
        BytesDirectory directory = new BytesDirectory(large(BytesDirectory.fixture("17-lz4"))) {
            @Override
            public ByteSource open(String file) throws IOException {
                if (file.equals("3351.dat.lz4")) {
                    throw new IOException("the disk is gone");
                }
                return super.open(file);
            }
        };

        assertThatThrownBy(() -> ArchiveVerifier.verify(directory, ArchiveVerifier.Observer.NONE))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is gone");
        assertThat(directory.allClosed()).isTrue();
    }

    @Test
    void whoeverObservesMayEndAllThreads() throws IOException {
        BytesDirectory directory = new BytesDirectory(large(BytesDirectory.fixture("17-lz4")));

        assertThatThrownBy(() -> ArchiveVerifier.verify(directory, (bytes, entry) -> {
                    throw new IllegalStateException("no time left");
                }))
                .hasMessage("no time left");
        assertThat(directory.allClosed()).isTrue();
    }

    private static Map<String, byte[]> with(Map<String, byte[]> files, String file, byte[] bytes) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put(file, bytes);
        return changed;
    }

    private static ArchiveVerification verify(Map<String, byte[]> files) throws IOException {
        BytesDirectory directory = new BytesDirectory(files);
        ArchiveVerification verification = ArchiveVerifier.verify(directory, ArchiveVerifier.Observer.NONE);
        assertThat(directory.allClosed()).isTrue();
        assertThat(directory.closed()).isFalse();
        return verification;
    }

    private static String onlyProblem(Map<String, byte[]> files) throws IOException {
        List<String> problems = verify(files).problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private static boolean isRestored(Map<String, byte[]> files) throws IOException {
        try {
            restore(files);
            return true;
        } catch (ArchiveException e) {
            assertThat(e).hasMessageContaining(" HINT: ");
            return false;
        }
    }

    private static Map<String, Integer> restore(Map<String, byte[]> files) throws IOException {
        BytesDirectory directory = new BytesDirectory(files);
        try (PgArchive archive = PgArchive.open(directory)) {
            for (TocEntry entry : archive.entries()) {
                archive.compressedSize(entry);
            }
            return DirectoryDumps.data(archive);
        } finally {
            assertThat(directory.allClosed()).isTrue();
            assertThat(directory.closed()).isTrue();
        }
    }
}
