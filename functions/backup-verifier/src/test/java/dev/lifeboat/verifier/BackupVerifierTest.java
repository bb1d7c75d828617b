package dev.lifeboat.verifier;

import static dev.lifeboat.verifier.TestingBackups.PART_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.TableCount;
import dev.lifeboat.contract.backup.TableFingerprint;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.contract.error.StorageUnavailableException;
import dev.lifeboat.testsupport.FaultyProxy;
import dev.lifeboat.testsupport.FaultyProxy.Fault;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith({RealPostgresExtension.class, S3MockExtension.class})
final class BackupVerifierTest {
    private static final String OLD = "daily/backup_20261122_020000";
    private static final String NEW = "daily/backup_20261123_020000";
    private static final List<TableCount> TABLES =
            List.of(new TableCount("public", "messages", 3000), new TableCount("public", "users", 500));

    private static byte[] dump;
    private static byte[] smallDump;
    private static byte[] emptyDump;
    private static byte[] script;
    private static byte[] scriptWithCreate;

    private TestingBackups backups;
    private S3MockServer server;

    @BeforeAll
    static void makeDumps(RealPostgres postgres, @TempDir Path directory) throws IOException {
        postgres.psql("postgres", "CREATE DATABASE app");
        emptyDump = dump(postgres, directory.resolve("empty"));
        postgres.psql("app", """
                CREATE TABLE users (id int PRIMARY KEY, name text);
                CREATE TABLE messages (id int PRIMARY KEY, author int REFERENCES users, body text);
                INSERT INTO users SELECT i, md5(i::text) FROM generate_series(1, 500) i;
                INSERT INTO messages SELECT i, 1 + i % 500, md5(i::text) FROM generate_series(1, 3000) i;
                """);
        dump = dump(postgres, directory.resolve("full"));
        script = plainDump(postgres, directory.resolve("plain"));
        scriptWithCreate = plainDump(postgres, directory.resolve("create"), "--create");
        postgres.psql("app", "DELETE FROM messages WHERE id > 200");
        smallDump = dump(postgres, directory.resolve("small"));
    }

    private static byte[] dump(RealPostgres postgres, Path file) throws IOException {
        postgres.run("pg_dump", "--format=custom", "--file=" + file, "app").orFail();
        return Files.readAllBytes(file);
    }

    private static byte[] plainDump(RealPostgres postgres, Path file, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--file=" + file, "app"));
        arguments.addAll(List.of(options));
        postgres.run("pg_dump", arguments.toArray(String[]::new)).orFail();
        return Files.readAllBytes(file);
    }

    @BeforeEach
    void openBucket(S3MockServer s3) {
        server = s3;
        backups = new TestingBackups(s3.endpoint());
    }

    @AfterEach
    void closeBucket() {
        backups.close();
    }

    @Test
    void aSoundBackupIsVerifiedAndItsTablesAreFingerprinted() throws IOException {
        BackupManifest manifest = backups.put(NEW, dump, TABLES);

        VerifierResult result = backups.verify(NEW);

        assertThat(result.verdicts()).hasSize(1);
        assertThat(result.verdicts().get(0).status()).isEqualTo(VerdictStatus.VERIFIED);
        Verdict verdict = verdict();
        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.sha256()).isEqualTo(manifest.dump().sha256());
        assertThat(verdict.size()).isEqualTo(dump.length);
        assertThat(verdict.dumpVersionId()).isEqualTo(manifest.dump().versionId());
        assertThat(verdict.manifestVersionId()).isNotNull();
        assertThat(verdict.tables())
                .extracting(TableFingerprint::schema, TableFingerprint::name, TableFingerprint::rows)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("public", "messages", 3000L),
                        org.assertj.core.groups.Tuple.tuple("public", "users", 500L));
        assertThat(verdict.tables()).allMatch(t -> t.fingerprint().matches("[0-9a-f]{32}"));
        assertThat(backups.sns.requests("Publish")).isEmpty();
        assertMetrics(1, 3500);
    }

    @Test
    void anEventThatComesTwiceGivesTwoVerdictsOfTheSameStatus() {
        backups.put(NEW, dump, TABLES);

        backups.verify(NEW);
        backups.verify(NEW);

        assertThat(backups.catalogue().verdicts(NEW))
                .extracting(Verdict::status)
                .containsExactly(VerdictStatus.VERIFIED, VerdictStatus.VERIFIED);
    }

    @Test
    void oneFlippedBitAnywhereIsCorruptAndTheFirstBadPartIsNamed() {
        BackupManifest manifest = backups.put(NEW, dump, TABLES);
        Random random = new Random(42);
        for (int sample = 0; sample < 40; sample++) {
            int position = sample == 0 ? 0 : sample == 1 ? dump.length - 1 : random.nextInt(dump.length);
            byte[] damaged = dump.clone();
            damaged[position] ^= (byte) (1 << random.nextInt(8));
            replaceDump(manifest, damaged);

            VerifierResult.Summary summary = backups.verify(NEW).verdicts().get(0);

            assertThat(summary.status()).as("bit of byte %d", position).isEqualTo(VerdictStatus.CORRUPT);
            int part = position / PART_SIZE;
            assertThat(verdict().reasons().get(0))
                    .contains(", expected " + manifest.dump().sha256() + ". The first bad part is number " + (part + 1)
                            + " of " + manifest.dump().parts().size() + ", bytes " + part * PART_SIZE + " to "
                            + (Math.min((part + 1) * PART_SIZE, dump.length) - 1) + ".");
        }
    }

    @Test
    void aDumpThatIsCutAnywhereIsCorrupt() {
        BackupManifest manifest = backups.put(NEW, dump, TABLES);
        Random random = new Random(43);
        for (int sample = 0; sample < 20; sample++) {
            int length = sample == 0 ? 0 : sample == 1 ? dump.length - 1 : random.nextInt(dump.length);
            replaceDump(manifest, Arrays.copyOf(dump, length));

            assertThat(backups.verify(NEW).verdicts().get(0).status())
                    .as("cut at %d", length)
                    .isEqualTo(VerdictStatus.CORRUPT);
            assertThat(verdict().reasons().get(0)).endsWith(" has " + length + " bytes, expected " + dump.length + ".");
        }
    }

    @Test
    void aDumpWithBytesBehindItIsCorrupt() {
        BackupManifest manifest = backups.put(NEW, dump, TABLES);
        replaceDump(manifest, Arrays.copyOf(dump, dump.length + 7));

        assertThat(corruptReasons()).first().asString().endsWith("bytes, expected " + dump.length + ".");
    }

    @Test
    void theNotificationSaysWhatWhereExpectedAndWhatToDo() {
        BackupManifest manifest = backups.put(NEW, dump, TABLES);
        byte[] damaged = dump.clone();
        damaged[PART_SIZE + 5] ^= 1;
        replaceDump(manifest, damaged);

        backups.verify(NEW);

        assertThat(backups.notification("Subject")).isEqualTo("Lifeboat: backup " + NEW + " is corrupt");
        assertThat(backups.notification("Message"))
                .startsWith("Backup " + NEW
                        + " is corrupt. It will not be restored by itself.\n\nWhat was found:\n- The dump" + " s3://"
                        + backups.bucket + "/dumps/" + NEW + ".dump (version ")
                .contains("The first bad part is number 2 of ")
                .contains("\nManifest: s3://" + backups.bucket + "/" + BucketLayout.manifestKey(NEW))
                .contains("What to do:\nOlder verified backups stay in use. Make a new backup now");
        assertMetrics(0, 0, false);
    }

    @Test
    void rowsThatDifferFromTheSnapshotsCountAreCorrupt() {
        backups.put(
                NEW, dump, List.of(new TableCount("public", "messages", 3001), new TableCount("public", "users", 500)));

        assertThat(corruptReasons())
                .containsExactly(
                        "Table public.messages has 3000 rows in the archive, expected 3001 as counted in the dump's"
                                + " snapshot.");
    }

    @Test
    void aTableThatIsMissingOrTooManyIsCorrupt() {
        backups.put(
                NEW,
                dump,
                List.of(new TableCount("public", "messages", 3000), new TableCount("public", "payments", 9)));

        assertThat(corruptReasons())
                .containsExactly(
                        "Table public.payments has no data in the archive, expected 9 rows as counted in the dump's snapshot.",
                        "Table public.users has 500 rows in the archive, but the manifest does not name it.");
    }

    @Test
    void aTableThatIsCountedTwiceIsCorrupt() {
        List<TableCount> twice = new ArrayList<>(TABLES);
        twice.add(TABLES.get(0));
        backups.put(NEW, dump, twice);

        assertThat(corruptReasons()).containsExactly("Table public.messages is counted twice in the manifest.");
    }

    @Test
    void rolesThatChangedAreCorrupt() {
        BackupManifest manifest = backups.put(NEW, dump, TABLES);
        BackupObject other = backups.putObject(
                "dumps/" + NEW + ".globals.sql", "DROP ROLE app; --\n".getBytes(StandardCharsets.UTF_8));
        backups.putManifest(TestingBackups.manifest(
                NEW,
                manifest.dump(),
                new BackupObject(
                        other.key(),
                        other.versionId(),
                        other.size(),
                        manifest.globals().sha256(),
                        PART_SIZE,
                        other.parts()),
                TABLES));

        assertThat(corruptReasons())
                .singleElement()
                .asString()
                .startsWith("The roles' file s3://" + backups.bucket + "/dumps/" + NEW + ".globals.sql (version ")
                .endsWith(" has the SHA-256 " + other.sha256() + ", expected "
                        + manifest.globals().sha256()
                        + ". Every part is as expected: the manifest contradicts itself.");
    }

    @Test
    void aManifestOfAnotherDatabaseOrOfAnotherBackupsObjectsIsCorrupt(RealPostgres postgres, @TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("other.dump");
        postgres.run("pg_dump", "--format=custom", "--file=" + file, "postgres").orFail();
        BackupObject other = backups.putObject("dumps/" + OLD + ".dump", Files.readAllBytes(file));
        BackupObject globals = backups.putObject("dumps/" + NEW + ".globals.sql", TestingBackups.GLOBALS);
        backups.putManifest(TestingBackups.manifest(NEW, other, globals, List.of()));

        assertThat(corruptReasons())
                .containsExactly(
                        "The manifest of " + NEW + " names the object dumps/" + OLD
                                + ".dump, expected a key that begins with 'dumps/" + NEW + ".'.",
                        "The archive is a dump of database 'postgres', expected 'app' as the manifest says.");
    }

    @Test
    void aManifestThatCannotBeReadIsCorruptUnderTheIdOfItsKey() {
        backups.putBytes(BucketLayout.manifestKey(NEW), "{\"version\":1,".getBytes(StandardCharsets.UTF_8));

        assertThat(corruptReasons())
                .singleElement()
                .asString()
                .startsWith("Invalid manifest s3://" + backups.bucket + "/" + BucketLayout.manifestKey(NEW)
                        + ": Unexpected end-of-input");
        assertThat(verdict().backupId()).isEqualTo(NEW);
        assertThat(verdict().manifestVersionId()).isNotNull();
    }

    @Test
    void aDumpThatIsMissingIsCorrupt() {
        BackupObject absent = TestingBackups.describe("dumps/" + NEW + ".dump", null, dump);
        BackupObject globals = backups.putObject("dumps/" + NEW + ".globals.sql", TestingBackups.GLOBALS);
        backups.putManifest(TestingBackups.manifest(NEW, absent, globals, TABLES));

        assertThat(corruptReasons())
                .containsExactly(
                        "Cannot read s3://" + backups.bucket + "/dumps/" + NEW + ".dump: S3 answered 404 NoSuchKey."
                                + " HINT: The object or that version of it is gone: use another backup, and find out who deleted it.");
    }

    @Test
    void aDumpThatIsOverwrittenIsStillReadInItsOwnVersion() {
        backups.put(NEW, dump, TABLES);
        backups.putBytes("dumps/" + NEW + ".dump", new byte[99]);

        assertThat(backups.verify(NEW).verdicts().get(0).status()).isEqualTo(VerdictStatus.VERIFIED);
    }

    @Test
    void anArchiveOfALaterFormatAndAScriptOfAPersonsAreUnverifiable() {
        byte[] later = dump.clone();
        later[6] = 99;
        backups.put(NEW, later, TABLES);
        assertThat(backups.verify(NEW).verdicts().get(0).status()).isEqualTo(VerdictStatus.UNVERIFIABLE);
        assertThat(verdict().reasons()).singleElement().asString().contains("1.99");
        assertThat(backups.notification("Message"))
                .contains("verify again with\n  aws lambda invoke --function-name app-BackupVerifier");

        putPlain(".sql", "SELECT 1;\n".getBytes(StandardCharsets.UTF_8), TABLES);
        assertThat(backups.verify(NEW).verdicts().get(0).status()).isEqualTo(VerdictStatus.UNVERIFIABLE);
        assertThat(verdict().reasons())
                .singleElement()
                .asString()
                .contains("it begins with 'a statement', expected '-- PostgreSQL database dump'.");
    }

    private void putPlain(String suffix, byte[] content, List<TableCount> tables) {
        backups.putManifest(TestingBackups.manifest(
                NEW,
                backups.putObject("dumps/" + NEW + suffix, content),
                backups.putObject("dumps/" + NEW + ".globals.sql", TestingBackups.GLOBALS),
                tables));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    @Test
    void aPlainDumpIsVerifiedAsAnArchiveIs() throws IOException {
        backups.put(OLD, dump, TABLES);
        backups.verify(OLD);
        for (byte[] plain : List.of(script, scriptWithCreate)) {
            putPlain(".sql", plain, TABLES);
            assertThat(backups.verify(NEW).verdicts().get(0).status()).isEqualTo(VerdictStatus.VERIFIED);
            putPlain(".sql.gz", gzip(plain), TABLES);
            assertThat(backups.verify(NEW).verdicts().get(0).status()).isEqualTo(VerdictStatus.VERIFIED);
            assertThat(verdict().tables()).hasSize(TABLES.size());
        }
    }

    @Test
    void aPlainDumpThatIsDamagedIsCorrupt() throws IOException {
        putPlain(".sql.gz", gzip(Arrays.copyOf(script, script.length / 2)), TABLES);
        assertThat(backups.verify(NEW).verdicts().get(0).status()).isEqualTo(VerdictStatus.CORRUPT);
        assertThat(verdict().reasons()).anyMatch(reason -> reason.contains("is truncated at byte "));

        putPlain(".sql.gz", script, TABLES);
        backups.verify(NEW);
        assertThat(verdict().reasons()).anyMatch(reason -> reason.contains("no gzip member begins where one must"));

        putPlain(".sql", script, List.of(new TableCount("public", "users", 7)));
        assertThat(backups.verify(NEW).verdicts().get(0).status()).isEqualTo(VerdictStatus.CORRUPT);
        assertThat(verdict().reasons()).anyMatch(reason -> reason.contains("expected 7 as counted"));
    }

    @Test
    void aBackupThatShrankIsSuspiciousUntilAPersonAcceptsIt() {
        backups.put(OLD, dump, TABLES);
        backups.verify(OLD);
        backups.put(
                NEW,
                smallDump,
                List.of(new TableCount("public", "messages", 200), new TableCount("public", "users", 500)));

        VerifierResult.Summary summary = backups.verify(NEW).verdicts().get(0);

        assertThat(summary.status()).isEqualTo(VerdictStatus.SUSPICIOUS);
        assertThat(summary.reasons())
                .contains("The dump holds 700 rows, less than half of the 3500 in the verified backup before it, " + OLD
                        + ".");
        assertThat(backups.notification("Message"))
                .contains("accept the backup with\n  aws lambda invoke --function-name app-BackupVerifier"
                        + " --cli-binary-format raw-in-base64-out --payload '{\"action\":\"verify\",\"manifestKey\":\""
                        + BucketLayout.manifestKey(NEW) + "\",\"compareWithPrevious\":false}'");
        backups.verifier().verify(TestingBackups.request(NEW, false), TestingContext.PLENTY);
        assertThat(verdict().status()).isEqualTo(VerdictStatus.VERIFIED);
        // The weekly check does not undo what a person decided.
        assertThat(backups.verify(NEW).verdicts().get(0).status()).isEqualTo(VerdictStatus.VERIFIED);
    }

    @Test
    void aBackupWithoutAnyTableIsSuspicious() {
        backups.put(NEW, emptyDump, List.of());

        assertThat(backups.verify(NEW).verdicts().get(0))
                .extracting(VerifierResult.Summary::status, VerifierResult.Summary::reasons)
                .containsExactly(VerdictStatus.SUSPICIOUS, List.of("The dump holds no table at all."));
    }

    @Test
    void storageThatIsDownIsRetryableAndGivesNoVerdict() throws IOException {
        backups.put(NEW, dump, TABLES);
        try (FaultyProxy wire = FaultyProxy.before(server.endpoint())) {
            VerifierService verifier = backups.verifier(TestingBackups.client(wire.endpoint(), S3Client.builder()));
            wire.always(Fault.s3Error("503 Slow Down", "SlowDown"));

            assertThatThrownBy(() -> verifier.verify(TestingBackups.request(NEW, true), TestingContext.PLENTY))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessageStartingWith("Cannot read s3://" + backups.bucket + "/" + BucketLayout.manifestKey(NEW)
                            + ": S3 answered 503 SlowDown.");
        }
        assertThat(backups.catalogue().verdicts(NEW)).isEmpty();
        assertThat(backups.sns.requests("Publish")).isEmpty();
    }

    @Test
    void aBodyThatIsCutOnTheWireIsResumedAndTheBackupIsVerified() throws IOException {
        backups.put(NEW, dump, TABLES);
        try (FaultyProxy wire = FaultyProxy.before(server.endpoint())) {
            // The manifest passes, the dump breaks twice.
            wire.script(null, Fault.cutAfter(20_000), Fault.resetAfter(100));
            VerifierService verifier = backups.verifier(TestingBackups.client(wire.endpoint(), S3Client.builder()));

            VerifierResult result = verifier.verify(TestingBackups.request(NEW, true), TestingContext.PLENTY);

            assertThat(result.verdicts().get(0).status()).isEqualTo(VerdictStatus.VERIFIED);
            assertThat(wire.ranges()).contains("bytes=0-" + (dump.length - 1), "bytes=20000-" + (dump.length - 1));
        }
    }

    @Test
    void aFunctionThatRunsOutOfTimeSaysThatItCouldNotVerify() {
        backups.put(NEW, dump, TABLES);

        backups.verifier().verify(TestingBackups.request(NEW, true), new TestingContext(10_000));

        assertThat(verdict().status()).isEqualTo(VerdictStatus.UNVERIFIABLE);
        assertThat(verdict().reasons())
                .singleElement()
                .asString()
                .startsWith("The function ran out of time after ")
                .endsWith(" of " + dump.length + " bytes of dumps/" + NEW + ".dump.");
    }

    @Test
    void aPlainDumpThatOneFunctionHasNoTimeForIsSaidToBeTooLarge() {
        byte[] script = """
                --
                -- PostgreSQL database dump
                --

                -- Dumped from database version 15.18
                -- Dumped by pg_dump version 15.18

                SET client_encoding = 'UTF8';
                COPY public.users (id) FROM stdin;
                1
                \\.
                """.getBytes(StandardCharsets.UTF_8);
        backups.putManifest(TestingBackups.manifest(
                NEW,
                backups.putObject("dumps/" + NEW + ".sql", script),
                backups.putObject("dumps/" + NEW + ".globals.sql", new byte[] {'\n'}),
                TABLES));

        backups.verifier(backups.s3, 1).verify(TestingBackups.request(NEW, true), new TestingContext(10_000));

        assertThat(verdict().status()).isEqualTo(VerdictStatus.UNVERIFIABLE);
        assertThat(verdict().reasons())
                .singleElement()
                .asString()
                .startsWith("The function ran out of time after ")
                .endsWith(
                        " A plain dump is verified by one function alone: one of pg_dump's custom format can be larger.");
    }

    @Test
    void whatIsNoManifestIsIgnoredWithItsReason() {
        VerifierInput input = new VerifierInput(
                List.of(
                        new VerifierInput.ObjectReference(backups.bucket, "dumps/" + NEW + ".dump"),
                        new VerifierInput.ObjectReference("other", BucketLayout.manifestKey(NEW)),
                        new VerifierInput.ObjectReference(backups.bucket, BucketLayout.manifestKey(OLD))),
                true,
                true);

        VerifierResult result = backups.verifier().verify(input, TestingContext.PLENTY);

        assertThat(result.verdicts()).isEmpty();
        assertThat(result.ignored())
                .extracting(VerifierResult.Ignored::reason)
                .containsExactly(
                        "It is not a manifest: only manifests fire verification.",
                        "It lies in bucket other, expected " + backups.bucket + ".",
                        "There is no such manifest in the bucket any more.");
    }

    private void replaceDump(BackupManifest manifest, byte[] damaged) {
        String version = backups.putBytes(manifest.dump().key(), damaged);
        BackupObject promised = manifest.dump();
        backups.putManifest(TestingBackups.manifest(
                NEW,
                new BackupObject(
                        promised.key(),
                        version,
                        promised.size(),
                        promised.sha256(),
                        promised.partSize(),
                        promised.parts()),
                manifest.globals(),
                manifest.tables()));
    }

    private List<String> corruptReasons() {
        assertThat(backups.verify(NEW).verdicts().get(0).status()).isEqualTo(VerdictStatus.CORRUPT);
        return verdict().reasons();
    }

    private Verdict verdict() {
        return backups.catalogue().verdicts(NEW).get(0);
    }

    private void assertMetrics(int verified, int rows) {
        assertMetrics(verified, rows, true);
    }

    private void assertMetrics(int verified, int rows, boolean withRows) {
        String output = backups.standardOutput.toString(StandardCharsets.UTF_8);
        assertThat(output).hasLineCount(1);
        try {
            JsonNode line = Json.mapper().readTree(output);
            assertThat(line.path("Database").asText()).isEqualTo("app");
            assertThat(line.path("Kind").asText()).isEqualTo("daily");
            assertThat(line.path("BackupVerified").asInt(-1)).isEqualTo(verified);
            assertThat(line.path("BackupSizeAnomaly").asInt(-1))
                    .isEqualTo(verdict().status() == VerdictStatus.SUSPICIOUS ? 1 : 0);
            assertThat(line.path("BackupSize").asInt(-1)).isEqualTo(dump.length);
            if (withRows) {
                assertThat(line.path("BackupRows").asInt(-1)).isEqualTo(rows);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
