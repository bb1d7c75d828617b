package dev.lifeboat.pgarchive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChecksummedInputStreamTest {
    // From sha256sum.
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String ABCDE = "36bbe50ed96841d10443bcb670d6554f0a34b761be67ec9c4a8ad2c0c44ca42c";
    private static final String AB = "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603";
    private static final String CD = "21e721c35a5823fdb452fa2f9f0a612c74fb952e06927489c6b27a43b817bed4";
    private static final String E = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea";

    @Test
    void takesTheChecksumOfTheWholeAndOfEachPartHoweverItIsRead() throws IOException {
        for (int step = 1; step <= 6; step++) {
            ChecksummedInputStream in = of("abcde", 2);
            byte[] buffer = new byte[step];
            while (in.read(buffer, 0, step) >= 0) {
                // Reading is all that is needed.
            }
            assertThat(in.sha256()).isEqualTo(ABCDE);
            assertThat(in.partSha256()).containsExactly(AB, CD, E);
            assertThat(in.count()).isEqualTo(5);
        }
    }

    @Test
    void readsSingleBytesAndSkipsWithTheSameResult() throws IOException {
        ChecksummedInputStream in = of("abcde", 2);
        assertThat(in.read()).isEqualTo('a');
        assertThat(in.skip(3)).isEqualTo(3);
        assertThat(in.read()).isEqualTo('e');
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.skip(1)).isZero();
        assertThat(in.sha256()).isEqualTo(ABCDE);
        assertThat(in.partSha256()).containsExactly(AB, CD, E);
    }

    @Test
    void aWholeNumberOfPartsHasNoEmptyLastOne() throws IOException {
        ChecksummedInputStream in = of("abcd", 2);
        in.readAllBytes();
        assertThat(in.partSha256()).containsExactly(AB, CD);
    }

    @Test
    void nothingHasNoParts() throws IOException {
        ChecksummedInputStream in = of("", 2);
        in.readAllBytes();
        assertThat(in.sha256()).isEqualTo(EMPTY);
        assertThat(in.partSha256()).isEmpty();
    }

    @Test
    void tellsTheChecksumsSoFarWithoutDisturbingThem() throws IOException {
        ChecksummedInputStream in = of("abcde", 2);
        in.readNBytes(2);
        assertThat(in.sha256()).isEqualTo(AB);
        assertThat(in.partSha256()).containsExactly(AB);
        in.readAllBytes();
        assertThat(in.sha256()).isEqualTo(ABCDE);
    }

    @Test
    void refusesToReadTheSameBytesTwice() {
        ChecksummedInputStream in = of("abc", 2);
        assertThat(in.markSupported()).isFalse();
        in.mark(10);
        assertThatThrownBy(in::reset).isInstanceOf(IOException.class).hasMessage("mark and reset are not supported");
    }

    @Test
    void refusesPartsOfNoSize() {
        assertThatThrownBy(() -> of("", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("partSize is 0, expected 1 or more");
    }

    private static ChecksummedInputStream of(String text, long partSize) {
        return new ChecksummedInputStream(new ByteArrayInputStream(text.getBytes(US_ASCII)), partSize);
    }
}
