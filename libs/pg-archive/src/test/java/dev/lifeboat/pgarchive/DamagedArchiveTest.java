package dev.lifeboat.pgarchive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real archives, damaged at random and cut everywhere. */
@ExtendWith(RealPostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
// No damage may send a reader into a loop.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DamagedArchiveTest {
    private static final int FLIPS = 2000;

    @TempDir
    private static Path directory;

    private final List<byte[]> archives = new ArrayList<>();

    @BeforeAll
    void dump(RealPostgres postgres) throws IOException {
        RealDumps dumps = new RealDumps(postgres, directory);
        String database = dumps.database("""
                CREATE TABLE first (id int PRIMARY KEY, t text);
                INSERT INTO first SELECT i, md5(i::text) FROM generate_series(1, 60) i;
                CREATE TABLE second (id int);
                SELECT lo_from_bytea(3000, 'a large object'), lo_from_bytea(3001, 'another');
                """);
        for (String level : List.of("0", "1")) {
            archives.add(Files.readAllBytes(dumps.toFile(database, "--compress=" + level)));
            archives.add(Files.readAllBytes(dumps.toPipe(database, "--compress=" + level)));
        }
    }

    @Test
    void theArchivesAreSoundBeforeTheyAreDamaged() throws IOException {
        for (byte[] archive : archives) {
            assertThat(verify(archive).problems()).isEmpty();
            DamagedReading.readAll(archive);
        }
    }

    @Test
    void anArchiveCutAtAnyByteIsNeverSound() throws IOException {
        for (byte[] archive : archives) {
            for (int length = 0; length < archive.length; length++) {
                ArchiveVerification verification = verify(Arrays.copyOf(archive, length));
                assertThat(verification.sound())
                        .as("cut at %d of %d", length, archive.length)
                        .isFalse();
                assertThat(verification.bytesRead()).isEqualTo(length);
            }
        }
    }

    @Test
    void anArchiveCutAtAnyByteIsNeverReadToTheEndByRandomAccess() {
        for (byte[] archive : archives) {
            for (int length = 0; length < archive.length; length++) {
                byte[] cut = Arrays.copyOf(archive, length);
                assertThatThrownBy(() -> DamagedReading.readAll(cut))
                        .as("cut at %d of %d", length, archive.length)
                        .isInstanceOf(ArchiveException.class)
                        .extracting(e -> ((ArchiveException) e).kind())
                        .isEqualTo(ArchiveException.Kind.TRUNCATED);
            }
        }
    }

    @Test
    void anArchiveWithABytePutBehindItIsNeverSound() throws IOException {
        for (byte[] archive : archives) {
            for (int value = 0; value < 256; value++) {
                byte[] longer = Arrays.copyOf(archive, archive.length + 1);
                longer[archive.length] = (byte) value;
                assertThat(verify(longer).sound()).isFalse();
            }
        }
    }

    @Test
    void aFlippedBitIsFoundOrAtLeastChangesTheChecksumAndNeverDoesHarm() throws IOException {
        Random random = new Random(20261123);
        int foundByStructure = 0;
        try (DamagedReading reading = new DamagedReading()) {
            for (int i = 0; i < FLIPS; i++) {
                byte[] archive = archives.get(i % archives.size());
                int bit = random.nextInt(archive.length * 8);
                DamagedReading.Outcome flipped = reading.of(
                        "archive " + i % archives.size() + ", bit " + bit, DamagedReading.flip(archive, bit));
                assertThat(flipped.sha256()).isNotEqualTo(sha256(archive));
                foundByStructure += flipped.verification().sound() ? 0 : 1;
            }
        }
        // What structure can't see is text: names, definitions and, uncompressed, rows.
        assertThat(foundByStructure).isGreaterThan(FLIPS / 4);
    }

    @Test
    void aFlippedBitInCompressedDataIsFoundButForWhatAdler32CannotSee() throws IOException {
        byte[] archive = archives.get(2);
        List<String> contents = contents(verify(archive));
        int first = (int) dataStart(archive) * 8;
        int harmless = 0;
        int unseen = 0;
        for (int bit = first; bit < archive.length * 8; bit++) {
            ArchiveVerification verification = verify(DamagedReading.flip(archive, bit));
            if (verification.sound()) {
                boolean same = contents(verification).equals(contents);
                harmless += same ? 1 : 0;
                unseen += same ? 0 : 1;
            }
        }
        // The few bits between a zlib stream's last code and its checksum, which starts at a whole byte.
        assertThat(harmless).isLessThanOrEqualTo(7 * 4);
        // A flip in a back reference can turn 0674 into 1484: the changes +1, -2, +1 cancel out in both of Adler-32's
        // sums.
        // It is why nothing is called verified without its SHA-256.
        assertThat(unseen).isLessThanOrEqualTo((archive.length * 8 - first) / 1000);
    }

    private static List<String> contents(ArchiveVerification verification) {
        return verification.tables().stream()
                .map(table -> table.entry().label() + " " + table.rows() + " " + table.fingerprint())
                .toList();
    }

    private static long dataStart(byte[] archive) throws IOException {
        try (ArchiveInput in = new ArchiveInput("test", new ByteArrayInputStream(archive), 0, archive.length)) {
            return TableOfContents.read(in, ArchiveFormat.CUSTOM).dataStart();
        }
    }

    private static ArchiveVerification verify(byte[] archive) throws IOException {
        return ArchiveVerifier.verify("damaged", new ByteArrayInputStream(archive), ArchiveVerifier.Observer.NONE);
    }

    private static String sha256(byte[] bytes) throws IOException {
        ChecksummedInputStream in = new ChecksummedInputStream(new ByteArrayInputStream(bytes), 1 << 12);
        in.readAllBytes();
        return in.sha256();
    }
}
