package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PartInputStreamTest {
    private static final Random RANDOM = new Random(20261126);

    @Test
    void everyRowIsInExactlyOnePartAndPartsAreAboutEven() throws IOException {
        for (int longest : new int[] {1, 10, 3_000, 700_000}) {
            List<String> rows = rows(3_000_000, longest);
            for (int parts = 1; parts <= 5; parts++) {
                List<String> found = new ArrayList<>();
                for (int part = 0; part < parts; part++) {
                    List<String> own = read(rows, part, parts);
                    long bytes = own.stream().mapToLong(String::length).sum();
                    assertThat(Math.abs(bytes - 3_000_000 / parts))
                            .as("%d bytes of rows of up to %d in part %d of %d", bytes, longest, part, parts)
                            .isLessThan(Turns.TURN_BYTES + 2L * longest * parts + 300_000);
                    found.addAll(own);
                }
                assertThat(found.stream().sorted().toList())
                        .isEqualTo(rows.stream().sorted().toList());
            }
        }
    }

    @Test
    void aTableWithoutRowsHasEmptyParts() throws IOException {
        assertThat(read(List.of(), 0, 2)).isEmpty();
        assertThat(read(List.of(), 1, 2)).isEmpty();
    }

    @Test
    void fewRowsAreThoseOfTheFirstPart() throws IOException {
        assertThat(read(List.of("1\ta", "2\tb"), 0, 3)).containsExactly("1\ta", "2\tb");
        assertThat(read(List.of("1\ta", "2\tb"), 1, 3)).isEmpty();
    }

    private static List<String> rows(int bytes, int longest) {
        List<String> rows = new ArrayList<>();
        for (int size = 0; size < bytes; size += rows.get(rows.size() - 1).length() + 1) {
            rows.add(rows.size() + "\t" + "x".repeat(RANDOM.nextInt(longest)));
        }
        return rows;
    }

    private static List<String> read(List<String> rows, int part, int parts) throws IOException {
        String text = rows.isEmpty() ? "" : String.join("\n", rows) + "\n";
        try (InputStream in = new PartInputStream(
                trickling(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))), part, parts)) {
            StringBuilder found = new StringBuilder();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer, 7, 1 + RANDOM.nextInt(8000)); read >= 0; ) {
                found.append(new String(buffer, 7, read, StandardCharsets.UTF_8));
                read = in.read(buffer, 7, 1 + RANDOM.nextInt(8000));
            }
            return found.toString().lines().toList();
        }
    }

    /** Gives fewer bytes than it is asked for, as sockets do. */
    private static InputStream trickling(InputStream in) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return in.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return in.read(target, offset, Math.min(length, 1 + RANDOM.nextInt(70_000)));
            }
        };
    }
}
