package dev.lifeboat.pgarchive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowFingerprintTest {
    @Test
    void theReferenceIsMurmurHash3AsItsAuthorsTestSuiteDefinesIt() {
        // SMHasher's VerificationTest: the hash of the hashes of {}, {0}, {0, 1}, …, with the seeds 256, 255, ….
        byte[] key = new byte[256];
        ByteBuffer hashes = ByteBuffer.allocate(256 * 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 256; i++) {
            key[i] = (byte) i;
            putNative(hashes, ReferenceFingerprint.murmur3(Arrays.copyOf(key, i), 256 - i));
        }
        ByteBuffer last = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        putNative(last, ReferenceFingerprint.murmur3(hashes.array(), 0));
        assertThat(last.getInt(0)).isEqualTo(0x6384BA69);
        assertThat(HexFormat.of()
                        .formatHex(ReferenceFingerprint.murmur3(
                                "The quick brown fox jumps over the lazy dog".getBytes(UTF_8), 0)))
                .isEqualTo("e34bbc7bbc071b6c7a433ca9c49a9347");
    }

    private static void putNative(ByteBuffer target, byte[] hash) {
        ByteBuffer numbers = ByteBuffer.wrap(hash);
        target.putLong(numbers.getLong()).putLong(numbers.getLong());
    }

    @Test
    void aKnownTableHasAKnownFingerprint() {
        // Verdicts in the bucket hold such values: a change of the hash makes all of them unusable.
        RowFingerprint fingerprint = new RowFingerprint();
        byte[] text = "1\tAda\n2\tGrace\n3\t\\N\n".getBytes(UTF_8);
        fingerprint.update(text, 0, text.length);
        assertThat(fingerprint.rows()).isEqualTo(3);
        assertThat(fingerprint.value()).isEqualTo("a3dbc8c1b40f07bb28ea412e8b9a8789");
    }

    @Test
    void equalsTheReferenceForLinesOfEveryLengthWhereverTheTextIsCut() {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            List<byte[]> lines = randomLines(random, random.nextInt(40));
            byte[] text = join(lines);
            RowFingerprint fingerprint = new RowFingerprint();
            int at = 0;
            while (at < text.length) {
                int step = Math.min(text.length - at, random.nextInt(60));
                fingerprint.update(text, at, step);
                at += step;
            }
            assertThat(fingerprint.value()).isEqualTo(ReferenceFingerprint.of(lines));
            assertThat(fingerprint.rows()).isEqualTo(lines.size());
            assertThat(fingerprint.insideRow()).isFalse();
        }
    }

    @Test
    void doesNotDependOnTheOrderOfRows() {
        List<byte[]> lines = randomLines(new Random(2), 100);
        String inOrder = of(join(lines)).value();
        Collections.shuffle(lines, new Random(3));
        assertThat(of(join(lines)).value()).isEqualTo(inOrder);
    }

    @Test
    void theTerminatorEndsTheRowsAndOnlyLineFeedsMayFollow() {
        String rows = "a\n\\\\.\n\\.x\n";
        RowFingerprint bare = of(rows.getBytes(UTF_8));
        RowFingerprint ended = of((rows + "\\.\n\n\n").getBytes(UTF_8));

        assertThat(bare.terminated()).isFalse();
        assertThat(ended.terminated()).isTrue();
        assertThat(ended.trailing()).isFalse();
        assertThat(ended.rows()).isEqualTo(3);
        assertThat(ended.value()).isEqualTo(bare.value());
        assertThat(of((rows + "\\.\n\nb\n").getBytes(UTF_8)).trailing()).isTrue();
        assertThat(of((rows + "\\.\nb").getBytes(UTF_8)).trailing()).isTrue();
    }

    @Test
    void countsEqualRowsEachTime() {
        assertThat(of("a\n".getBytes(UTF_8)).value())
                .isNotEqualTo(of("a\na\n".getBytes(UTF_8)).value())
                .isNotEqualTo(of("a\na\na\n".getBytes(UTF_8)).value());
    }

    @Test
    void anEmptyLineIsARowAndChangesTheFingerprint() {
        RowFingerprint fingerprint = of("\n".getBytes(UTF_8));
        assertThat(fingerprint.rows()).isEqualTo(1);
        assertThat(fingerprint.value()).isNotEqualTo(new RowFingerprint().value());
        assertThat(new RowFingerprint().value()).isEqualTo("00000000000000000000000000000000");
    }

    @Test
    void saysWhenTheTextEndsWithinALineAndLeavesThatLineOut() {
        RowFingerprint whole = of("one\n".getBytes(UTF_8));
        for (String rest : List.of("x", "sixteen bytes...", "more than sixteen bytes of a line")) {
            RowFingerprint cut = of(("one\n" + rest).getBytes(UTF_8));
            assertThat(cut.insideRow()).isTrue();
            assertThat(cut.rows()).isEqualTo(1);
            assertThat(cut.value()).isEqualTo(whole.value());
        }
    }

    private static RowFingerprint of(byte[] text) {
        RowFingerprint fingerprint = new RowFingerprint();
        fingerprint.update(text, 0, text.length);
        return fingerprint;
    }

    private static List<byte[]> randomLines(Random random, int count) {
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] line = new byte[random.nextInt(70)];
            random.nextBytes(line);
            for (int j = 0; j < line.length; j++) {
                // Neighbours of the line feed, and bytes with the high bit, are what a search by bit tricks gets wrong.
                line[j] = switch (random.nextInt(6)) {
                    case 0 -> 0x0b;
                    case 1 -> 0x09;
                    case 2 -> (byte) 0x8a;
                    default -> line[j] == '\n' ? 0 : line[j];
                };
            }
            lines.add(line);
        }
        return lines;
    }

    private static byte[] join(List<byte[]> lines) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            text.writeBytes(line);
            text.write('\n');
        }
        return text.toByteArray();
    }
}
