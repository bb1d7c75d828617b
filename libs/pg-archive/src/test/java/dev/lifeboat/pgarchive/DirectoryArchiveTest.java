package dev.lifeboat.pgarchive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.testsupport.LeakCheck;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories that the server's own pg_dump wrote hold what its archive in custom format holds. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryArchiveTest {
    @TempDir
    private static Path directory;

    private RealDumps dumps;
    private String database;
    private Path custom;

    @BeforeAll
    void dump(RealPostgres postgres) throws IOException {
        dumps = new RealDumps(postgres, directory);
        database = dumps.database(RealDumps.AWKWARD);
        custom = dumps.toFile(database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--compress=0", "--compress=1", "--compress=9"})
    void isVerifiedToTheSameRowsAndFingerprints(String option) throws IOException {
        Path dump = dumps.toDirectory(database, option);

        ArchiveVerification verification = DirectoryDumps.verify(dump);

        assertThat(verification.problems()).isEmpty();
        assertThat(verification.header().format()).isEqualTo(ArchiveFormat.DIRECTORY);
        assertThat(verification.header().compression())
                .isEqualTo(option.equals("--compress=0") ? Compression.NONE : Compression.GZIP);
        assertThat(DirectoryDumps.contents(verification))
                .isEqualTo(DirectoryDumps.contents(customVerification()))
                .hasSizeGreaterThan(8);
        assertThat(verification.bytesRead()).isEqualTo(DirectoryDumps.size(dump));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--compress=0", "--compress=1"})
    void givesTheSameDataAndKnowsTheirSizes(String option) throws IOException {
        Path dump = dumps.toDirectory(database, option);
        long sizes = Files.size(dump.resolve("toc.dat"));
        try (PgArchive archive = PgArchive.open(new FileByteDirectory(dump));
                PgArchive oracle = PgArchive.open(new FileByteSource(custom))) {
            assertThat(DirectoryDumps.data(archive)).isEqualTo(DirectoryDumps.data(oracle));
            assertThat(archive.encoding()).isEqualTo("UTF8");
            for (TocEntry entry : archive.entries()) {
                sizes += archive.compressedSize(entry);
            }
        }
        assertThat(sizes).isEqualTo(DirectoryDumps.size(dump));
    }

    @Test
    void rowsAsInsertStatementsAreUnsupported() throws IOException {
        Path dump = dumps.toDirectory(database, "--inserts");

        ArchiveVerification verification = DirectoryDumps.verify(dump);

        assertThat(verification.unsupported()).isTrue();
        assertThat(verification.problems()).allMatch(problem -> problem.contains(": its rows are INSERT statements"));
        try (PgArchive archive = PgArchive.open(new FileByteDirectory(dump))) {
            TocEntry table = archive.entries().stream()
                    .filter(TocEntry::isTableData)
                    .findFirst()
                    .orElseThrow();
            assertThatThrownBy(() -> archive.openData(table)).hasMessageContaining("INSERT statements");
        }
    }

    @Test
    void isNotTakenForTheOtherFormat() throws IOException {
        Path dump = dumps.toDirectory(database);
        assertThatThrownBy(() -> PgArchive.open(new FileByteSource(dump.resolve("toc.dat"))))
                .hasMessageEndingWith(
                        "(header): its format number is 3, expected 1 (custom). HINT: It is the toc.dat of an archive in"
                                + " directory format: name the directory.");
        Path other = Files.createTempDirectory(directory, "other");
        Files.copy(custom, other.resolve("toc.dat"));
        assertThatThrownBy(() -> PgArchive.open(new FileByteDirectory(other)))
                .hasMessageEndingWith(
                        "(header): its format number is 1, expected 3 (directory). HINT: It is an archive in"
                                + " custom format: read it as a file of its own.");
    }

    private ArchiveVerification customVerification() throws IOException {
        try (InputStream in = Files.newInputStream(custom)) {
            return ArchiveVerifier.verify(custom.toString(), in, ArchiveVerifier.Observer.NONE);
        }
    }
}
