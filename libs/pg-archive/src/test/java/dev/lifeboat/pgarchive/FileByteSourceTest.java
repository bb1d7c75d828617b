package dev.lifeboat.pgarchive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileByteSourceTest {
    @TempDir
    private Path directory;

    @Test
    void streamsExactlyTheRangeAndRangesAreIndependent() throws IOException {
        Path file = Files.writeString(directory.resolve("digits"), "0123456789");
        try (FileByteSource source = new FileByteSource(file);
                InputStream middle = source.open(2, 5);
                InputStream end = source.open(8, 2);
                InputStream nothing = source.open(10, 0)) {
            assertThat(source.length()).isEqualTo(10);
            assertThat(source.name()).isEqualTo(file.toString());
            assertThat(middle.read()).isEqualTo('2');
            assertThat(end.readAllBytes()).asString(US_ASCII).isEqualTo("89");
            assertThat(middle.skip(2)).isEqualTo(2);
            assertThat(middle.readAllBytes()).asString(US_ASCII).isEqualTo("56");
            assertThat(middle.skip(1)).isZero();
            assertThat(nothing.read()).isEqualTo(-1);
        }
    }

    @Test
    void refusesARangeBeyondItsEnd() throws IOException {
        Path file = Files.writeString(directory.resolve("digits"), "0123456789");
        try (FileByteSource source = new FileByteSource(file)) {
            assertThatThrownBy(() -> source.open(8, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
