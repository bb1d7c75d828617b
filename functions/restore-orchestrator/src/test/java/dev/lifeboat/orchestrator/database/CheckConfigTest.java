package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.aws.ConfigBackups;
import dev.lifeboat.aws.StoredManifest;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BackupKind;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.kubernetes.WorkloadNeeds;
import dev.lifeboat.kubernetes.WorkloadNeeds.Need;
import dev.lifeboat.orchestrator.database.StepResults.ConfigChecked;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith(S3MockExtension.class)
final class CheckConfigTest {
    private static final String ID = "daily/backup_20261126_020000";
    private static final String SECRET = "aHVudGVyMg==";
    private static final String CONFIG = """
            {"version":1,"namespace":"shop","takenAt":"2026-11-26T02:00:05Z",
             "objects":[
              {"apiVersion":"v1","kind":"Secret","metadata":{"name":"secrets"},"type":"Opaque","data":{"password":"%s"}}],
             "workloads":[{"kind":"Deployment","name":"web","replicas":2,"containers":{"web":"web:1"}}]}
            """.formatted(SECRET);
    private static final WorkloadNeeds WEB = new WorkloadNeeds(
            "Deployment", "web", Map.of("web", "web:1"), List.of(new Need("Secret", "secrets", "password")));

    private final String bucket = "backups-" + UUID.randomUUID();
    private S3Client s3;

    @BeforeEach
    void openBucket(S3MockServer server) {
        s3 = S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        s3.createBucket(r -> r.bucket(bucket));
    }

    @AfterEach
    void close() {
        s3.close();
    }

    @Test
    void whatTheWorkloadsNeedIsAllThere() {
        ConfigChecked found = check(List.of(WEB));

        assertThat(found.present()).isTrue();
        assertThat(found.complete()).isTrue();
        assertThat(found.missing()).isEmpty();
        assertThat(found.otherImages()).isEmpty();
        assertThat(found.summary())
                .isEqualTo("1 ConfigMaps and Secrets and the images of 1 workloads, of 2026-11-26T02:00:05Z;"
                        + " every workload has what it needs");
    }

    @Test
    void whatIsMissingIsNamedAndNoValueIsShown() {
        ConfigChecked found = check(List.of(
                new WorkloadNeeds(
                        "Deployment",
                        "web",
                        Map.of("web", "web:2"),
                        List.of(
                                new Need("Secret", "secrets", null),
                                new Need("Secret", "secrets", "jwt"),
                                new Need("ConfigMap", "secrets", null))),
                new WorkloadNeeds("CronJob", "clean", Map.of("clean", "clean:1"), List.of())));

        assertThat(found.complete()).isFalse();
        assertThat(found.missing())
                .containsExactly(
                        "Secret/secrets key jwt of Deployment/web",
                        "ConfigMap/secrets of Deployment/web",
                        "CronJob/clean");
        assertThat(found.otherImages()).containsExactly("Deployment/web");
        assertThat(Json.compact(found)).doesNotContain(SECRET).doesNotContain("hunter");
    }

    @Test
    void aBackupWithoutAConfigurationIsSaidToHaveNone() {
        ConfigChecked found = new CheckConfig(
                        key -> stored(manifest(null, "no answer")),
                        new ConfigBackups(s3, bucket),
                        target -> List.of(WEB))
                .check(null, ID);

        assertThat(found.present()).isFalse();
        assertThat(found.complete()).isFalse();
        assertThat(found.summary()).isEqualTo("config backup missing: no answer");
    }

    @Test
    void aConfigurationThatWasChangedIsUnusable() {
        BackupObject config = put(CONFIG);
        put(CONFIG.replace("web:1", "web:2"));

        assertThatThrownBy(() -> check(config, List.of(WEB)))
                .isInstanceOf(BackupUnusableException.class)
                .hasMessageContaining(" has the SHA-256 ")
                .message()
                .doesNotContain(SECRET);
    }

    private ConfigChecked check(List<WorkloadNeeds> live) {
        return check(put(CONFIG), live);
    }

    private ConfigChecked check(BackupObject config, List<WorkloadNeeds> live) {
        return new CheckConfig(key -> stored(manifest(config, null)), new ConfigBackups(s3, bucket), target -> live)
                .check(null, ID);
    }

    private BackupObject put(String config) {
        byte[] content = config.getBytes(StandardCharsets.UTF_8);
        String key = "dumps/" + ID + ".config.json";
        s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content));
        return object(key, content);
    }

    private static BackupObject object(String key, byte[] content) {
        try {
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            return new BackupObject(key, null, content.length, sha256, BackupObject.PART_SIZE, List.of(sha256));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<StoredManifest> stored(BackupManifest manifest) {
        return Optional.of(new StoredManifest("dumps/" + ID + ".manifest.json", null, Instant.EPOCH, manifest));
    }

    private static BackupManifest manifest(BackupObject config, String problem) {
        Instant at = Instant.parse("2026-11-26T02:00:00Z");
        BackupObject dump = object("dumps/" + ID + ".dump", new byte[1]);
        return new BackupManifest(
                1,
                ID,
                BackupKind.DAILY,
                "app",
                "15.1",
                "15.1",
                "0/1",
                at,
                at,
                at,
                dump,
                dump,
                config,
                problem,
                List.of());
    }
}
