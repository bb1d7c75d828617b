package dev.lifeboat.aws.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.aws.pgbackrest.RepositoryProblem.Kind;
import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.testsupport.RealPgBackRest;
import dev.lifeboat.testsupport.RealPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An encrypted repository that a real pgBackRest has made: two base backups on timeline 1, WAL on timelines 1 and 2. */
final class PgBackRestRepositoryTest {
    private static final String PASSPHRASE = "a passphrase of the test";
    private static final long PART = 4L << 30;

    private static RealPostgres postgres;
    private static RealPgBackRest pgBackRest;

    private Path copy;
    private PgBackRestRepository repository;

    @BeforeAll
    static void makeOne() {
        postgres = RealPostgres.start(RealPgBackRest.SETTINGS);
        pgBackRest = RealPgBackRest.attach(
                postgres,
                Map.of(
                        "repo1-cipher-type", "aes-256-cbc",
                        "repo1-cipher-pass", PASSPHRASE,
                        "repo1-bundle", "y",
                        "repo1-bundle-limit", "1MiB",
                        "compress-type", "lz4",
                        "archive-async", "y"));
        postgres.psql("postgres", "CREATE TABLE kept AS SELECT i, md5(i::text) FROM generate_series(1, 50000) i");
        pgBackRest.backup("full");
        write(2);
        pgBackRest.backup("incr");
        write(2);
        pgBackRest.beginTimeline();
        write(2);
    }

    private static void write(int segments) {
        for (int i = 0; i < segments; i++) {
            postgres.psql("postgres", "INSERT INTO kept SELECT i, md5(i::text) FROM generate_series(1, 1000) i");
            pgBackRest.archiveCurrentSegment();
        }
    }

    @AfterAll
    static void close() {
        pgBackRest.close();
        postgres.close();
    }

    @BeforeEach
    void copy() throws IOException {
        copy = Files.createTempDirectory("repository");
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Stream<Path> files = Files.walk(pgBackRest.repository())) {
            for (Path file : files.toList()) {
                Path target =
                        copy.resolve(pgBackRest.repository().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                } else if (Files.isRegularFile(file)) {
                    Files.copy(file, target);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
                }
            }
        }
        repository = new PgBackRestRepository(new DirectoryRepository(copy), RealPgBackRest.STANZA, PASSPHRASE);
    }

    @AfterEach
    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void tellsBackupsAndTimelinesAsPgBackRestDoes() {
        RepositoryContents contents = repository.read();

        assertThat(contents.problems()).isEmpty();
        assertThat(contents.backups())
                .extracting(BaseBackup::type)
                .containsExactly(BaseBackup.Type.FULL, BaseBackup.Type.INCR);
        assertThat(contents.backups().get(1).references())
                .containsExactly(contents.backups().get(0).label());
        WalArchive archive = archive(contents);
        assertThat(archive.systemId()).isEqualTo(systemIdentifier());
        assertThat(archive.newestTimeline()).contains(2);
        assertThat(archive.gaps(contents.backups())).isEmpty();
        assertThat(archive.duplicates()).isEmpty();
        assertThat(archive.withoutHistory()).isEmpty();
        String info = pgBackRest.run("info").orFail().output();
        for (BaseBackup backup : contents.backups()) {
            assertThat(info)
                    .contains(backup.label())
                    .contains("wal start/stop: " + backup.first() + " / " + backup.last());
        }
    }

    private static String systemIdentifier() {
        return postgres.run(
                        "psql",
                        "--dbname=postgres",
                        "--tuples-only",
                        "--no-align",
                        "--command=SELECT system_identifier FROM pg_control_system()")
                .orFail()
                .output()
                .strip();
    }

    @Test
    void everyByteOfAWholeRepositoryIsVerified() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void recoveryReachesTheNewestSegmentOfEveryTimeline() {
        RepositoryContents contents = repository.read();
        WalArchive archive = archive(contents);
        BaseBackup full = contents.backups().get(0);

        WalReach reach = archive.reach(full, 2);

        assertThat(reach.gap()).isEmpty();
        assertThat(reach.consistent()).isTrue();
        assertThat(reach.last())
                .contains(new WalSegment(2, archive.timelines().get(2).lastKey()));
        assertThat(archive.reach(full, 1).last())
                .contains(new WalSegment(1, archive.timelines().get(1).lastKey()));
    }

    @Test
    void aMissingSegmentIsNamedAndNoRecoveryGoesBeyondIt() throws IOException {
        RepositoryContents before = repository.read();
        WalSegment missing = new WalSegment(1, before.backups().get(1).last().number() + 1);
        Files.delete(file(before, missing));

        RepositoryContents contents = repository.read();

        WalArchive archive = archive(contents);
        assertThat(archive.gaps(contents.backups())).containsExactly(new WalGap(missing, missing));
        WalReach reach = archive.reach(contents.backups().get(0), 2);
        assertThat(reach.gap()).contains(new WalGap(missing, missing));
        assertThat(reach.end()).isEqualTo(missing.start());
        assertThat(reach.consistent()).isTrue();
    }

    @Test
    void theFirstSegmentOfATimelineIsMissedToo() throws IOException {
        RepositoryContents before = repository.read();
        WalSegment missing =
                new WalSegment(2, archive(before).timelines().get(2).firstKey());
        Files.delete(file(before, missing));

        RepositoryContents contents = repository.read();

        assertThat(archive(contents).gaps(contents.backups()))
                .extracting(WalGap::toString)
                .containsExactly(missing.name());
    }

    @Test
    void aTruncatedSegmentIsNamed() throws IOException {
        RepositoryContents contents = repository.read();
        Path file = file(contents, segment(contents));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2 / 16 * 16));

        assertNamed(Kind.CORRUPT, segment(contents).name(), "is damaged: ");
    }

    @Test
    void aFlippedBitOfASegmentIsNamed() throws IOException {
        RepositoryContents contents = repository.read();
        flip(file(contents, segment(contents)));

        assertNamed(Kind.CORRUPT, segment(contents).name(), "is damaged: ");
    }

    @Test
    void aSegmentThatIsThereTwiceIsNamed() throws IOException {
        RepositoryContents before = repository.read();
        WalSegment twice = segment(before);
        Path file = file(before, twice);
        Files.copy(file, file.resolveSibling(twice + "-" + "0".repeat(40) + ".lz4"));

        RepositoryContents contents = repository.read();

        assertThat(archive(contents).duplicates())
                .singleElement()
                .satisfies(files -> assertThat(files)
                        .hasSize(2)
                        .allSatisfy(each -> assertThat(each.segment()).isEqualTo(twice)));
        assertNamed(Kind.CORRUPT, twice.name(), "expected " + "0".repeat(40));
    }

    @Test
    void anotherSegmentUnderItsNameIsNamedThoughTheChecksumFits() throws IOException {
        RepositoryContents contents = repository.read();
        WalSegment segment = segment(contents);
        Path file = file(contents, segment);
        Path other = file(contents, new WalSegment(1, segment.number() + 1));
        Files.delete(file);
        Files.copy(
                other,
                other.resolveSibling(other.getFileName().toString().replaceFirst("^[0-9A-F]{24}", segment.name())));

        assertNamed(Kind.CORRUPT, segment.name(), "its first page is that of ");
    }

    @Test
    void aMissingHistoryFileIsTold() throws IOException {
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path file : files.filter(each -> each.toString().endsWith("00000002.history"))
                    .toList()) {
                Files.delete(file);
            }
        }

        assertThat(archive(repository.read()).withoutHistory()).containsExactly(2);
    }

    @Test
    void aFlippedBitOfABundleNamesTheFileInIt() throws IOException {
        BaseBackup full = repository.read().backups().get(0);
        Path bundle = copy.resolve("backup/lifeboat/" + full.label() + "/bundle/1");
        flip(bundle);

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.CORRUPT);
            assertThat(problem.subject()).startsWith(full.label() + "/pg_data/");
            assertThat(problem.reason()).contains("bundle/1 is damaged: ");
        });
    }

    @Test
    void aMissingBundleIsToldForEveryFileThatNeedsIt() throws IOException {
        BaseBackup full = repository.read().backups().get(0);
        Files.delete(copy.resolve("backup/lifeboat/" + full.label() + "/bundle/1"));

        List<RepositoryProblem> problems = problems();

        assertThat(problems)
                .hasSizeGreaterThan(10)
                .anySatisfy(problem -> assertThat(problem.reason())
                        .isEqualTo("backup/lifeboat/" + full.label() + "/bundle/1 is missing."))
                .anySatisfy(problem -> assertThat(problem.reason())
                        .isEqualTo("It is to be found in backup " + full.label() + ", and is not there."));
    }

    @Test
    void theCopyOfAManifestServesUntilItIsDamagedToo() throws IOException {
        BaseBackup full = repository.read().backups().get(0);
        Path manifest = copy.resolve("backup/lifeboat/" + full.label() + "/backup.manifest");
        flip(manifest);
        assertThat(problems()).isEmpty();
        flip(manifest.resolveSibling("backup.manifest.copy"));

        assertThatThrownBy(() -> new BaseBackupVerification(repository).parts(full.label(), PART))
                .isInstanceOf(BackupUnusableException.class)
                .hasMessageContaining(full.label() + "/backup.manifest cannot be used: ");
    }

    @Test
    void anotherPassphraseIsNoDamage() {
        PgBackRestRepository other =
                new PgBackRestRepository(new DirectoryRepository(copy), RealPgBackRest.STANZA, "another one");

        assertThatThrownBy(other::read)
                .isInstanceOf(BackupUnusableException.class)
                .hasMessageContaining("archive/lifeboat/archive.info cannot be used: ")
                .hasMessageContaining("HINT: Where it is there, the passphrase may be another one");
    }

    @Test
    void whatPgBackRestItselfVerifiesBecomesProblems() throws IOException {
        assertThat(ownVerification().problems()).isEmpty();
        RepositoryContents contents = repository.read();
        flip(file(contents, segment(contents)));
        flip(copy.resolve("backup/lifeboat/" + contents.backups().get(0).label() + "/bundle/1"));

        assertThat(ownVerification().problems())
                .extracting(RepositoryProblem::kind)
                .containsOnly(Kind.CORRUPT);
        assertThat(ownVerification().problems())
                .extracting(RepositoryProblem::subject)
                .contains(
                        "pgbackrest verify: archive " + contents.currentArchive(),
                        "pgbackrest verify: backup " + contents.backups().get(0).label());
    }

    private PgBackRestVerifyOutput ownVerification() {
        return PgBackRestVerifyOutput.parse(pgBackRest
                .run("verify", "--output=text", "--verbose", "--log-level-console=off", "--repo1-path=" + copy)
                .output());
    }

    @Test
    void aVerificationWithoutAResultIsNoPass() {
        assertThat(PgBackRestVerifyOutput.parse("ERROR: [055]: unable to load info file")
                        .problems())
                .singleElement()
                .isEqualTo(new RepositoryProblem(
                        Kind.UNVERIFIABLE,
                        "pgbackrest verify",
                        "It came to no result: ERROR: [055]: unable to load info file"));
    }

    /** A segment of timeline 1 that no base backup needs. */
    private static WalSegment segment(RepositoryContents contents) {
        return new WalSegment(1, contents.backups().get(1).last().number() + 1);
    }

    private void assertNamed(Kind kind, String subject, String reason) {
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.subject()).isEqualTo(subject);
            assertThat(problem.reason()).contains(subject).contains(reason);
        });
    }

    /** Of every segment and every base backup. */
    private List<RepositoryProblem> problems() {
        RepositoryContents contents = repository.read();
        List<RepositoryProblem> problems = new ArrayList<>();
        for (WalArchive archive : contents.archives()) {
            List<ArchivedSegment> all = archive.timelines().values().stream()
                    .flatMap(timeline -> timeline.values().stream())
                    .flatMap(List::stream)
                    .toList();
            problems.addAll(new WalVerification(repository, archive.systemId())
                    .verify(all, () -> {})
                    .problems());
        }
        BaseBackupVerification verification = new BaseBackupVerification(repository);
        for (BaseBackup backup : contents.backups()) {
            for (int part = 0; part < verification.parts(backup.label(), PART); part++) {
                problems.addAll(verification
                        .verify(backup.label(), part, PART, () -> {})
                        .problems());
            }
        }
        return problems;
    }

    private static WalArchive archive(RepositoryContents contents) {
        return contents.archive(contents.currentArchive()).orElseThrow();
    }

    private Path file(RepositoryContents contents, WalSegment segment) {
        return copy.resolve(archive(contents).find(segment).get(0).path());
    }

    /** In the middle. */
    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
