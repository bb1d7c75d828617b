package dev.lifeboat.pgarchive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small archives of each compression: 10,000 flipped bits, and cut at every byte. */
class FlippedBitsTest {
    /** Of each of four archives. Others: {@code -Dlifeboat.flips=100000 -Dlifeboat.seed=7}. */
    private static final int FLIPS = Integer.getInteger("lifeboat.flips", 2500);

    private static final long SEED = Long.getLong("lifeboat.seed", 20261126);

    @ParameterizedTest
    @ValueSource(strings = {"17-tiny-none", "17-tiny-gzip", "17-tiny-lz4", "17-tiny-zstd"})
    void aFlippedBitAlwaysChangesTheChecksumAndNeverDoesHarmWithoutOne(String name) throws IOException {
        byte[] archive = DamagedReading.fixture(name);
        Random random = new Random(SEED);
        int unseen = 0;
        try (DamagedReading reading = new DamagedReading()) {
            DamagedReading.Outcome sound = reading.of(name, archive);
            assertThat(sound.verification().problems()).isEmpty();
            assertThat(sound.restored()).isTrue();
            for (int i = 0; i < FLIPS; i++) {
                int bit = random.nextInt(archive.length * 8);
                String damage = name + " with bit " + bit + " flipped, number " + i + " of seed " + SEED;
                DamagedReading.Outcome flipped = reading.of(damage, DamagedReading.flip(archive, bit));
                assertThat(flipped.sha256()).as(damage).isNotEqualTo(sound.sha256());
                unseen += flipped.verification().sound() ? 1 : 0;
            }
        }
        // What structure alone can't see is text: names, definitions and, uncompressed, rows.
        assertThat(unseen).as("of %d flips, seed %d", FLIPS, SEED).isLessThan(FLIPS * 3 / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17-tiny-none", "17-tiny-gzip", "17-tiny-lz4", "17-tiny-zstd"})
    void anArchiveCutAtAnyByteIsNeverSoundAndNeverReadToItsEnd(String name) throws IOException {
        byte[] archive = DamagedReading.fixture(name);
        try (DamagedReading reading = new DamagedReading()) {
            for (int length = 0; length < archive.length; length++) {
                String damage = name + " cut at byte " + length;
                DamagedReading.Outcome cut = reading.of(damage, Arrays.copyOf(archive, length));
                assertThat(List.of(cut.verification().sound(), cut.restored()))
                        .as(damage)
                        .containsExactly(false, false);
            }
        }
    }
}
