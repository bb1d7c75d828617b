package dev.lifeboat.pgarchive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Archives much bigger than the heap of the JVM that reads them. */
@ExtendWith(RealPostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConstantMemoryTest {
    private static final String HEAP = "-Xmx16m";
    private static final long SEVERAL_HEAPS = 80L << 20;
    private static final int ROWS = 600_000;

    @TempDir
    private static Path directory;

    private Path compressed;
    private Path oneHugeRow;

    @BeforeAll
    void dump(RealPostgres postgres) throws IOException {
        RealDumps dumps = new RealDumps(postgres, directory);
        compressed = dumps.toFile(
                dumps.database("CREATE UNLOGGED TABLE t AS SELECT i, sha512(int8send(i)) || sha512(int8send(-i)) AS b"
                        + " FROM generate_series(1, " + ROWS + ") i"),
                "--compress=1");
        oneHugeRow = dumps.toPipe(
                dumps.database("CREATE UNLOGGED TABLE t (wide bytea);"
                        + " INSERT INTO t VALUES (decode(repeat('00', 60000000), 'hex'))"),
                "--compress=0");
    }

    @Test
    void verifiesAnArchiveThatIsSeveralTimesTheHeap() throws Exception {
        assertThat(Files.size(compressed)).isGreaterThan(SEVERAL_HEAPS);
        assertThat(run("verify", compressed)).startsWith("true " + ROWS + " ");
    }

    @Test
    void verifiesARowThatIsSeveralTimesTheHeap() throws Exception {
        assertThat(Files.size(oneHugeRow)).isGreaterThan(SEVERAL_HEAPS);
        assertThat(run("verify", oneHugeRow)).startsWith("true 1 ");
    }

    @Test
    void readsBothByRandomAccessToo() throws Exception {
        assertThat(run("read", compressed)).isEqualTo(run("verify", compressed));
        assertThat(run("read", oneHugeRow)).isEqualTo(run("verify", oneHugeRow));
    }

    private static String run(String mode, Path archive) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConstantMemoryTest.class.getName() + "$Child",
                        mode,
                        archive.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream output = process.getInputStream()) {
            String line = new String(output.readAllBytes(), UTF_8);
            assertThat(process.waitFor()).isZero();
            return line;
        }
    }

    /** What runs in the small JVM. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Path archive = Path.of(arguments[1]);
            System.out.print(arguments[0].equals("verify") ? verify(archive) : read(archive));
        }

        private static String verify(Path archive) throws IOException {
            try (InputStream whole = Files.newInputStream(archive)) {
                ArchiveVerification result =
                        ArchiveVerifier.verify(archive.toString(), whole, ArchiveVerifier.Observer.NONE);
                TableContent table = result.tables().get(0);
                return result.sound() + " " + table.rows() + " " + table.fingerprint();
            }
        }

        private static String read(Path file) throws IOException {
            try (PgArchive archive = PgArchive.open(new FileByteSource(file))) {
                TocEntry table = archive.entries().stream()
                        .filter(TocEntry::isTableData)
                        .findFirst()
                        .orElseThrow();
                RowFingerprint fingerprint = new RowFingerprint();
                byte[] buffer = new byte[1 << 13];
                try (InputStream rows = archive.openData(table)) {
                    int got = rows.read(buffer);
                    while (got >= 0) {
                        fingerprint.update(buffer, 0, got);
                        got = rows.read(buffer);
                    }
                }
                return !fingerprint.insideRow() + " " + fingerprint.rows() + " " + fingerprint.value();
            }
        }
    }
}
