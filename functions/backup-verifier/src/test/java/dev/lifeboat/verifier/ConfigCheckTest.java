package dev.lifeboat.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.TableCount;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a verdict says of the configuration beside a dump. */
@ExtendWith({RealPostgresExtension.class, S3MockExtension.class})
final class ConfigCheckTest {
    private static final String ID = "daily/backup_20261126_020000";
    private static final String SECRET = "aHVudGVyMg==";
    private static final String CONFIG = """
            {"version":1,"namespace":"shop","takenAt":"2026-11-26T02:00:05Z",
             "objects":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"type":"Opaque","data":{"p":"%s"}}],
             "workloads":[{"kind":"Deployment","name":"web","replicas":2,"containers":{"web":"web:1"}}]}
            """.formatted(SECRET);

    private static byte[] dump;

    private TestingBackups backups;

    @BeforeAll
    static void makeDump(RealPostgres postgres, @TempDir Path directory) throws IOException {
        postgres.psql("postgres", "CREATE DATABASE app");
        postgres.psql("app", "CREATE TABLE t AS SELECT 1 AS a");
        postgres.run("pg_dump", "--format=custom", "--file=" + directory.resolve("dump"), "app")
                .orFail();
        dump = Files.readAllBytes(directory.resolve("dump"));
    }

    @BeforeEach
    void openBucket(S3MockServer server) {
        backups = new TestingBackups(server.endpoint());
    }

    @AfterEach
    void closeBucketThatShowsNoSecret() {
        for (S3Object object : backups.s3
                .listObjectsV2(r -> r.bucket(backups.bucket).prefix("verdicts/"))
                .contents()) {
            assertThat(new String(
                            backups.s3
                                    .getObjectAsBytes(
                                            r -> r.bucket(backups.bucket).key(object.key()))
                                    .asByteArray(),
                            StandardCharsets.UTF_8))
                    .doesNotContain(SECRET);
        }
        assertThat(backups.standardOutput.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET);
        assertThat(backups.sns.requests("Publish").toString()).doesNotContain("aHVudGVyMg");
        backups.close();
    }

    @Test
    void aSoundConfigurationIsNothingToSpeakOf() {
        Verdict verdict = verify(CONFIG);

        assertThat(verdict.status()).isEqualTo(VerdictStatus.VERIFIED);
        assertThat(verdict.warnings()).isEmpty();
    }

    @Test
    void aBackupWithoutOneIsAsGoodAsItWasAndItsVerdictSaysSo() {
        backups.put(ID, dump, tables());

        Verdict verdict = verify();

        assertThat(verdict.status()).isEqualTo(VerdictStatus.VERIFIED);
        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.warnings())
                .containsExactly("Config backup missing: the backup was made without one (BACKUP_KUBERNETES_ACCOUNT of"
                        + " scripts/aws/backup-postgres.sh).");
    }

    @Test
    void whyThereIsNoneIsPassedOn() {
        BackupManifest manifest = backups.put(ID, dump, tables());
        backups.putConfig(manifest, null, "cannot list the secrets of namespace shop: curl: (22) 403");

        assertThat(verify().warnings())
                .containsExactly("Config backup missing: cannot list the secrets of namespace shop: curl: (22) 403.");
    }

    @Test
    void whatIsNotAsTheManifestSaysIsCorrupt() {
        backups.put(ID, dump, tables(), CONFIG.getBytes(StandardCharsets.UTF_8));
        BackupManifest named = backups.catalogue()
                .entry("dumps/" + ID + ".manifest.json")
                .orElseThrow()
                .manifest();
        String other = backups.putBytes(
                named.config().key(), CONFIG.replace("web:1", "web:2").getBytes(StandardCharsets.UTF_8));
        backups.putConfig(
                named,
                new BackupObject(
                        named.config().key(),
                        other,
                        named.config().size(),
                        named.config().sha256(),
                        named.config().partSize(),
                        named.config().parts()),
                null);

        Verdict verdict = verify();

        assertThat(verdict.status()).isEqualTo(VerdictStatus.CORRUPT);
        assertThat(verdict.reasons())
                .singleElement()
                .asString()
                .startsWith("The configuration s3://" + backups.bucket + "/dumps/" + ID + ".config.json");
    }

    @Test
    void oneThatIsGoneIsCorrupt() {
        BackupManifest manifest = backups.put(ID, dump, tables(), CONFIG.getBytes(StandardCharsets.UTF_8));
        backups.s3.deleteObject(r -> r.bucket(backups.bucket)
                .key(manifest.config().key())
                .versionId(manifest.config().versionId()));

        assertThat(verify().status()).isEqualTo(VerdictStatus.CORRUPT);
    }

    @Test
    void whatCannotBeUnderstoodIsCorruptWhateverItsChecksum() {
        assertThat(verify(CONFIG.replace("\"type\":\"Opaque\",", "")).reasons())
                .containsExactly("Invalid configuration dumps/" + ID
                        + ".config.json: field 'objects[0]': Secret/s lacks its field 'type'.");
        assertThat(verify(CONFIG.substring(0, 190)).reasons())
                .singleElement()
                .asString()
                .contains("it is not JSON, or cut short");
    }

    private Verdict verify(String config) {
        backups.put(ID, dump, tables(), config.getBytes(StandardCharsets.UTF_8));
        return verify();
    }

    private Verdict verify() {
        backups.verify(ID);
        return backups.catalogue().verdicts(ID).get(0);
    }

    private static List<TableCount> tables() {
        return List.of(new TableCount("public", "t", 1));
    }
}
