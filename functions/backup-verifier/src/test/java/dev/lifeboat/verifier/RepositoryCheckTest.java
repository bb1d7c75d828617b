package dev.lifeboat.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.aws.BackupExpiry;
import dev.lifeboat.aws.pgbackrest.BaseBackup;
import dev.lifeboat.aws.pgbackrest.PgBackRestRepository;
import dev.lifeboat.aws.pgbackrest.RepositoryContents;
import dev.lifeboat.aws.pgbackrest.RepositoryProblem;
import dev.lifeboat.aws.pgbackrest.RepositoryProblem.Kind;
import dev.lifeboat.aws.pgbackrest.S3RepositoryFiles;
import dev.lifeboat.aws.pgbackrest.WalArchive;
import dev.lifeboat.aws.pgbackrest.WalSegment;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.testsupport.RealPgBackRest;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import dev.lifeboat.verifier.Verification.TimeLeft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The steps of the integrity check over a repository that a real pgBackRest has made. */
@ExtendWith(S3MockExtension.class)
final class RepositoryCheckTest {
    private static final String PASSPHRASE = "a passphrase of the test";
    private static final TimeLeft PLENTY = () -> {};
    /** So little that the one backup has several parts. */
    private static final long PART = 4 << 20;

    private static final Map<String, byte[]> FILES = new HashMap<>();

    private TestingBackups backups;

    @BeforeAll
    static void makeOne() throws IOException {
        try (RealPostgres postgres = RealPostgres.start(RealPgBackRest.SETTINGS);
                RealPgBackRest pgBackRest = RealPgBackRest.attach(
                        postgres,
                        Map.of(
                                "repo1-cipher-type", "aes-256-cbc",
                                "repo1-cipher-pass", PASSPHRASE,
                                "repo1-bundle", "y",
                                "compress-type", "lz4"))) {
            postgres.psql("postgres", "CREATE TABLE kept AS SELECT i, md5(i::text) FROM generate_series(1, 20000) i");
            pgBackRest.backup("full");
            for (int i = 0; i < 3; i++) {
                pgBackRest.archiveCurrentSegment();
            }
            keep(pgBackRest.repository());
        }
    }

    private static void keep(Path repository) throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                FILES.put(BucketLayout.REPOSITORY + repository.relativize(file), Files.readAllBytes(file));
            }
        }
    }

    @BeforeEach
    void upload(S3MockServer server) {
        backups = new TestingBackups(server.endpoint());
        FILES.forEach(backups::putBytes);
    }

    @AfterEach
    void close() {
        backups.close();
    }

    @Test
    void aWholeRepositoryIsVerifiedInParts() {
        List<String> parts = check(true, PASSPHRASE)
                .plan(new RepositoryRequest.Plan("check:run-1"), PLENTY)
                .parts();
        assertThat(parts).hasSizeGreaterThan(2).anyMatch(part -> part.startsWith("wal/"));

        RepositoryReport report = run(true, PASSPHRASE);

        assertThat(report.problems()).isEmpty();
        assertThat(report.status()).isEqualTo(VerdictStatus.VERIFIED);
        assertThat(report.baseBackups()).isEqualTo(1);
        assertThat(report.segments()).isGreaterThanOrEqualTo(4);
        assertThat(report.bytes()).isGreaterThan(4L * WalSegment.BYTES + 20_000_000);
        assertThat(report.warnings())
                .containsExactly("pgbackrest verify has not been run yet; every byte was read here all the same.");
    }

    @Test
    void everyDamageIsNamedAndToldTogether() {
        RepositoryContents contents = repository(PASSPHRASE).read();
        WalArchive archive = contents.archives().get(0);
        BaseBackup backup = contents.backups().get(0);
        WalSegment missing = new WalSegment(1, backup.last().number() + 1);
        WalSegment flipped = new WalSegment(1, backup.last().number() + 2);
        delete(BucketLayout.REPOSITORY + archive.find(missing).get(0).path());
        flip(BucketLayout.REPOSITORY + archive.find(flipped).get(0).path());
        flip(BucketLayout.REPOSITORY + "backup/lifeboat/" + backup.label() + "/bundle/1");

        RepositoryReport report = run(true, PASSPHRASE);

        assertThat(report.status()).isEqualTo(VerdictStatus.CORRUPT);
        assertThat(report.problems())
                .extracting(RepositoryProblem::subject)
                .hasSize(3)
                .contains(missing.name(), flipped.name())
                .anyMatch(subject -> subject.startsWith(backup.label() + "/pg_data/"));
        new IntegrityAudit(
                        backups.catalogue(),
                        new Retention(new RetentionPolicy(7, 30, 2), new BackupExpiry(backups.s3, backups.bucket)),
                        new RepositorySummary(backups.journal()),
                        backups.notifier(),
                        backups::metrics,
                        Clock.systemUTC())
                .summarise(new SummariseRequest("summarise", "check:run-1", Instant.now()));
        assertThat(backups.notification("Message"))
                .contains("WAL and base backups: corrupt: ")
                .contains("- " + missing.name()
                        + ": corrupt: The segment is missing from archive 15-1: no recovery gets"
                                .replace("15-1", archive.id()))
                .contains("- " + flipped.name() + ": corrupt: archive/lifeboat/")
                .contains("docs/runbooks/wal-archive.md");
        assertThat(backups.standardOutput.toString(StandardCharsets.UTF_8)).contains("\"RepositoryVerified\":0");
    }

    @Test
    void aPartThatWasNotLookedAtIsNoPass() {
        RepositoryCheck check = check(true, PASSPHRASE);
        List<String> parts =
                check.plan(new RepositoryRequest.Plan("check:run-1"), PLENTY).parts();
        parts.stream()
                .skip(1)
                .forEach(part -> check.verify(new RepositoryRequest.VerifyPart("check:run-1", part), PLENTY));

        RepositoryReport report = summary();

        assertThat(report.status()).isEqualTo(VerdictStatus.UNVERIFIABLE);
        assertThat(report.problems())
                .containsExactly(new RepositoryProblem(
                        Kind.UNVERIFIABLE, parts.get(0), "The check came to no result on this part."));
    }

    @Test
    void aPartThatTakesTooLongIsNoPass() {
        RepositoryCheck check = check(true, PASSPHRASE);
        String part = check.plan(new RepositoryRequest.Plan("check:run-1"), PLENTY)
                .parts()
                .get(0);

        check.verify(new RepositoryRequest.VerifyPart("check:run-1", part), () -> {
            throw new OutOfTimeException();
        });

        assertThat(summary().problems())
                .contains(new RepositoryProblem(
                        Kind.UNVERIFIABLE, part, "The function's time did not suffice for all of it."));
    }

    @Test
    void aRepositoryThatCannotBeReadIsUnverifiable() {
        RepositoryReport report = run(true, "another passphrase");

        assertThat(report.status()).isEqualTo(VerdictStatus.UNVERIFIABLE);
        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("archive.info cannot be used: "));
    }

    @Test
    void aCheckThatDidNotComeToItIsUnverifiableAndOneThatNobodyWantsIsNothing() {
        assertThat(summary().status()).isEqualTo(VerdictStatus.UNVERIFIABLE);

        check(false, PASSPHRASE).plan(new RepositoryRequest.Plan("check:run-1"), PLENTY);

        assertThat(new RepositorySummary(backups.journal()).of("run-1")).isEmpty();
    }

    @Test
    void theRequestsOfTheMachineAreUnderstood() throws IOException {
        assertThat(VerifierInput.request(Files.newInputStream(Path.of(
                        System.getProperty("lifeboat.root"), "events/backup-verifier-verify-repository-part.json"))))
                .isInstanceOf(RepositoryRequest.VerifyPart.class);
        assertThat(Json.read("it", "{\"action\":\"plan-repository\",\"execution\":\"a:run\"}", RepositoryRequest.class)
                        .run())
                .isEqualTo("run");
    }

    private RepositoryReport run(boolean wanted, String passphrase) {
        RepositoryCheck check = check(wanted, passphrase);
        check.plan(new RepositoryRequest.Plan("check:run-1"), PLENTY)
                .parts()
                .forEach(part -> check.verify(new RepositoryRequest.VerifyPart("check:run-1", part), PLENTY));
        return summary();
    }

    private RepositoryReport summary() {
        return new RepositorySummary(backups.journal()).of("run-1").orElseThrow();
    }

    private RepositoryCheck check(boolean wanted, String passphrase) {
        return new RepositoryCheck(wanted, () -> repository(passphrase), backups.journal(), PART);
    }

    private PgBackRestRepository repository(String passphrase) {
        return new PgBackRestRepository(
                new S3RepositoryFiles(backups.s3, backups.bucket, BucketLayout.REPOSITORY),
                RealPgBackRest.STANZA,
                passphrase);
    }

    /** For good: S3Mock lists an object that only has a delete marker, and S3 does not. */
    private void delete(String key) {
        String version =
                backups.s3.headObject(r -> r.bucket(backups.bucket).key(key)).versionId();
        backups.s3.deleteObject(r -> r.bucket(backups.bucket).key(key).versionId(version));
    }

    private void flip(String key) {
        byte[] bytes = FILES.get(key).clone();
        bytes[bytes.length / 2] ^= 1;
        backups.putBytes(key, bytes);
    }
}
