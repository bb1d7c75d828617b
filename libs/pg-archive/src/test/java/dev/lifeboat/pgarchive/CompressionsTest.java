package dev.lifeboat.pgarchive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of one database that PostgreSQL 17's pg_dump compressed in different ways; src/test/scripts/make-fixtures.sh made them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CompressionsTest {
    private static final int FLIPS = 300;
    private static final int CUTS = 200;

    @ParameterizedTest
    @ValueSource(strings = {"17-gzip", "17-gzip-redirected", "17-lz4", "17-lz4-pipe", "17-zstd", "17-zstd-pipe"})
    void holdTheSameRowsWhateverTheirCompression(String name) throws IOException {
        byte[] plain = archive("17-none");
        byte[] compressed = archive(name);

        assertThat(verify(compressed).problems()).isEmpty();
        assertThat(contents(verify(compressed)))
                .isEqualTo(contents(verify(plain)))
                .hasSize(3)
                .anyMatch(table -> table.startsWith("measured 3000 "));
        assertThat(rows(compressed)).isEqualTo(rows(plain));
    }

    @ParameterizedTest
    @ValueSource(strings = {"17-lz4", "17-lz4-pipe", "17-zstd", "17-zstd-pipe"})
    void cutAnywhereTheyAreNeverSound(String name) throws IOException {
        byte[] archive = archive(name);
        Random random = new Random(17);
        for (int i = 0; i < CUTS; i++) {
            byte[] cut = Arrays.copyOf(archive, random.nextInt(archive.length));
            assertThat(verify(cut).sound()).as("cut at %d", cut.length).isFalse();
            assertThatThrownBy(() -> rows(cut)).isInstanceOf(ArchiveException.class);
        }
    }

    @Test
    void aTableOfContentsBehindTheDataMustBeACopyOfTheFirst() throws IOException {
        byte[] archive = archive("17-gzip-redirected");
        int copy = archive.length - 1;
        byte[] longer = Arrays.copyOf(archive, archive.length + 1);
        byte[] changed = archive.clone();
        changed[lastIndexOf(archive, "measured")] ^= 1;

        assertThat(verify(longer).problems()).singleElement().asString().contains("something follows it.");
        assertThat(verify(changed).problems())
                .singleElement()
                .asString()
                .contains("(second table of contents, behind the data): it differs from the first one at entry ");
        assertThat(verify(Arrays.copyOf(archive, copy)).sound()).isFalse();
    }

    private static int lastIndexOf(byte[] archive, String word) {
        return new String(archive, StandardCharsets.ISO_8859_1).lastIndexOf(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17-lz4", "17-lz4-pipe", "17-zstd", "17-zstd-pipe", "17-gzip-redirected"})
    void aFlippedBitNeverDoesHarm(String name) throws IOException {
        byte[] archive = archive(name);
        Random random = new Random(17);
        try (DamagedReading reading = new DamagedReading()) {
            for (int i = 0; i < FLIPS; i++) {
                int bit = random.nextInt(archive.length * 8);
                reading.of(name + " with bit " + bit + " flipped", DamagedReading.flip(archive, bit));
            }
        }
    }

    private static byte[] archive(String name) throws IOException {
        return DamagedReading.fixture(name);
    }

    private static ArchiveVerification verify(byte[] archive) throws IOException {
        try (InputStream in = new BytesSource(archive).open(0, archive.length)) {
            return ArchiveVerifier.verify("test.dump", in, ArchiveVerifier.Observer.NONE);
        }
    }

    private static List<String> contents(ArchiveVerification verification) {
        return verification.tables().stream()
                .map(table -> table.entry().name() + " " + table.rows() + " " + table.fingerprint())
                .toList();
    }

    private static List<Integer> rows(byte[] archive) throws IOException {
        List<Integer> rows = new ArrayList<>();
        try (PgArchive opened = PgArchive.open(new BytesSource(archive))) {
            for (TocEntry entry : opened.entries()) {
                if (entry.isTableData()) {
                    try (InputStream in = opened.openData(entry)) {
                        rows.add(Arrays.hashCode(in.readAllBytes()));
                    }
                }
            }
        }
        return rows;
    }
}
