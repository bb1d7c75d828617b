package dev.lifeboat.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.TableCount;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import dev.lifeboat.testsupport.TestingAwsApi.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The oracle is the verification by one function. */
@ExtendWith({RealPostgresExtension.class, S3MockExtension.class})
final class LargeVerificationTest {
    private static final String ID = "daily/backup_20261126_020000";
    private static final String KEY = BucketLayout.manifestKey(ID);
    private static final String EXECUTION = "arn:aws:states:us-east-1:1:execution:verify-large-backup:run-1";
    private static final long SLICE_BYTES = 20_000;
    private static final List<TableCount> TABLES =
            List.of(new TableCount("public", "messages", 3000), new TableCount("public", "users", 500));

    private static byte[] dump;

    private TestingBackups backups;
    private VerifierService verifier;

    @BeforeAll
    static void makeDump(RealPostgres postgres, @TempDir Path directory) throws IOException {
        postgres.psql("postgres", "CREATE DATABASE app");
        postgres.psql("app", """
                CREATE TABLE users (id int PRIMARY KEY, name text);
                CREATE TABLE messages (id int PRIMARY KEY, body text);
                INSERT INTO users SELECT i, md5(i::text) FROM generate_series(1, 500) i;
                INSERT INTO messages SELECT i, md5(i::text) FROM generate_series(1, 3000) i;
                """);
        Path file = directory.resolve("app.dump");
        postgres.run("pg_dump", "--format=custom", "--file=" + file, "app").orFail();
        dump = Files.readAllBytes(file);
    }

    @BeforeEach
    void openBucket(S3MockServer s3) {
        backups = new TestingBackups(s3.endpoint());
        verifier = backups.verifier(backups.s3, SLICE_BYTES);
    }

    @AfterEach
    void closeBucket() {
        backups.close();
    }

    @Test
    void slicesOfASoundBackupComeToTheVerdictOfOneFunction() {
        backups.put(ID, dump, TABLES);

        Verdict sliced = slicedAndWhole();

        assertThat(sliced.status()).isEqualTo(VerdictStatus.VERIFIED);
        assertThat(sliced.tables()).hasSize(2);
        assertThat(backups.catalogue().entry(KEY).orElseThrow().verified()).isTrue();
    }

    @Test
    void manySmallTablesMakeSlicesOfTheirOwn() {
        backups.put(ID, dump, TABLES);
        verifier = backups.verifier(backups.s3, 1 << 30);
        assertThat(plan().slices()).as("one of data, one of checksums").hasSize(2);
        verifier = backups.verifier(backups.s3, 1 << 30, 1);

        assertThat(plan().slices()).hasSize(3);
        assertThat(slicedAndWhole().status()).isEqualTo(VerdictStatus.VERIFIED);
        List<Long> blocks = List.of(10L, 20L, 30L, 40L, 50L, 60L);
        assertThat(LargeVerification.divided(List.of(5L, 40L), blocks, 2)).containsExactly(5L, 20L, 40L, 60L);
        assertThat(LargeVerification.divided(List.of(5L, 40L), blocks, 4)).containsExactly(5L, 40L);
        assertThat(LargeVerification.divided(List.of(5L), blocks, 1)).containsExactly(5L, 10L, 20L, 30L, 40L, 50L, 60L);
    }

    @Test
    void slicesOfADamagedBackupComeToTheVerdictOfOneFunction() {
        byte[] flipped = dump.clone();
        flipped[dump.length / 2] ^= 1;
        for (byte[] damaged : List.of(
                flipped, Arrays.copyOf(dump, dump.length - 1000), Arrays.copyOf(dump, dump.length + 9), new byte[0])) {
            BackupManifest sound = backups.put(ID, dump, TABLES);
            String version = backups.putBytes(sound.dump().key(), damaged);
            BackupObject expected = sound.dump();
            backups.putManifest(TestingBackups.manifest(
                    ID,
                    new BackupObject(
                            expected.key(),
                            version,
                            expected.size(),
                            expected.sha256(),
                            expected.partSize(),
                            expected.parts()),
                    sound.globals(),
                    TABLES));

            assertThat(slicedAndWhole().status()).isEqualTo(VerdictStatus.CORRUPT);
        }
    }

    @Test
    void aTableThatOneFunctionHasNoTimeForMakesTheBackupUnverifiable() {
        backups.put(ID, dump, TABLES);
        SliceList slices = plan();
        for (int slice : slices.slices()) {
            TestingContext context =
                    slice == 0 ? new TestingContext(() -> readsData() ? 0 : 900_000) : TestingContext.PLENTY;
            verifier.step(new LargeRequest.VerifySlice(KEY, EXECUTION, slice), context);
        }

        Verdict verdict = conclude();

        assertThat(verdict.status()).isEqualTo(VerdictStatus.UNVERIFIABLE);
        assertThat(verdict.reasons())
                .anyMatch(reason -> reason.matches("Archive 's3://.*' was read from byte \\d+ to byte \\d+ only, .*"
                        + " It is too large for one function\\."));
    }

    @Test
    void anEventOfALargeBackupStartsTheMachineAndTheIntegrityCheckIsLeftToStartIt() {
        BackupManifest manifest = backups.put(ID, dump, TABLES);
        backups.sns.on(
                "AWSStepFunctions.StartExecution",
                request -> Answer.ok("{\"executionArn\":\"" + EXECUTION + "\",\"startDate\":1}"));

        VerifierResult event = verifier.verify(
                new VerifierInput(List.of(new VerifierInput.ObjectReference(backups.bucket, KEY)), true, true),
                TestingContext.PLENTY);
        VerifierResult check = verifier.verify(
                new VerifierInput(List.of(new VerifierInput.ObjectReference(null, KEY)), true, false),
                TestingContext.PLENTY);

        assertThat(event.verdicts()).isEmpty();
        assertThat(event.large())
                .containsExactly(new VerifierResult.Large(KEY, manifest.dump().size(), EXECUTION));
        assertThat(check.large())
                .containsExactly(new VerifierResult.Large(KEY, manifest.dump().size(), null));
        assertThat(backups.sns.requests("AWSStepFunctions.StartExecution"))
                .singleElement()
                .satisfies(request -> assertThat(request.body())
                        .containsPattern("\"name\":\"" + ID.replace('/', '-') + "-[0-9a-f]{32}\"")
                        .contains("\\\"manifestKey\\\":\\\"" + KEY + "\\\",\\\"compareWithPrevious\\\":true"));
    }

    @Test
    void aManifestThatWasReplacedInBetweenGetsNoVerdictOfTheOldOnesSlices() {
        backups.put(ID, dump, TABLES);
        plan();
        backups.put(ID, dump, TABLES);

        assertThatThrownBy(this::conclude)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(" as planned. HINT: Nothing is left to do");
    }

    /** And not the table of contents any more. */
    private static boolean readsData() {
        return StackWalker.getInstance()
                .walk(frames ->
                        frames.anyMatch(frame -> frame.getClassName().equals("dev.lifeboat.pgarchive.SlicePass")));
    }

    private SliceList plan() {
        return (SliceList) verifier.step(new LargeRequest.Plan(KEY, EXECUTION), TestingContext.PLENTY);
    }

    private Verdict conclude() {
        verifier.step(new LargeRequest.Conclude(KEY, EXECUTION, true), TestingContext.PLENTY);
        return backups.catalogue().verdicts(ID).get(0);
    }

    /** The verdict of slices, after it proved to be the one of one function. */
    private Verdict slicedAndWhole() {
        backups.verify(ID);
        Verdict whole = backups.catalogue().verdicts(ID).get(0);
        plan().slices()
                .forEach(slice ->
                        verifier.step(new LargeRequest.VerifySlice(KEY, EXECUTION, slice), TestingContext.PLENTY));
        Verdict sliced = conclude();
        assertThat(sliced.status()).isEqualTo(whole.status());
        assertThat(sliced.tables()).isEqualTo(whole.tables());
        assertThat(sliced.size()).isEqualTo(whole.size());
        assertThat(sliced.reasons().stream().map(LargeVerificationTest::withoutChecksum))
                .containsExactlyElementsOf(whole.reasons().stream()
                        .map(LargeVerificationTest::withoutChecksum)
                        .toList());
        return sliced;
    }

    /** Slices do not know the checksum of the whole that they have instead of the expected one. */
    private static String withoutChecksum(String reason) {
        return reason.replaceAll(
                "( has the SHA-256 \\w+, expected (\\w+)\\.)", " does not have the SHA-256 $2 that is expected.");
    }
}
