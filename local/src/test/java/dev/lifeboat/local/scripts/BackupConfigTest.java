package dev.lifeboat.local.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.ConfigBackup;
import dev.lifeboat.contract.backup.ConfigObject;
import dev.lifeboat.contract.backup.ConfigWorkload;
import dev.lifeboat.local.kubernetes.EmbeddedKubernetes;
import dev.lifeboat.local.kubernetes.KubernetesOptions;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/aws/backup-postgres.sh} backs up of the namespace, with the account and the Role that its pod has. */
@ExtendWith({RealPostgresExtension.class, LocalS3.Extension.class})
class BackupConfigTest {
    private static final String NAMESPACE = "cloudtolocalllm";
    private static final List<String> SECRETS =
            List.of("correct-horse-battery", "staple-of-the-jwt", "in-a-comment-once");
    private static final String OBJECTS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: cloudtolocalllm}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: app-config
              namespace: cloudtolocalllm
              labels: {a: b}
              annotations: {"kubectl.kubernetes.io/last-applied-configuration": "in-a-comment-once", keep: me}
            data: {host: postgres}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: app-secrets, namespace: cloudtolocalllm}
            stringData: {password: correct-horse-battery, jwt: staple-of-the-jwt}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: old-token, namespace: cloudtolocalllm}
            type: kubernetes.io/service-account-token
            stringData: {token: t}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: sh.helm.release.v1.app.v1, namespace: cloudtolocalllm}
            type: helm.sh/release.v1
            stringData: {release: r}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: elsewhere, namespace: another}
            stringData: {password: p}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: cloudtolocalllm}
            spec:
              replicas: 0
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  initContainers: [{name: migrate, image: "shop/api:7"}]
                  containers: [{name: web, image: "shop/web@sha256:0123"}]
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: postgres, namespace: cloudtolocalllm}
            spec:
              replicas: 0
              serviceName: postgres
              selector: {matchLabels: {app: postgres}}
              template:
                metadata: {labels: {app: postgres}}
                spec: {containers: [{name: postgres, image: "shop/postgres:15"}]}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: backup, namespace: cloudtolocalllm}
            spec:
              schedule: "0 2 29 2 *"
              jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: backup, image: "shop/backup:15"}]}}}}
            """;

    private static EmbeddedKubernetes kubernetes;

    private final RealPostgres postgres;
    private final LocalS3 s3;
    private String database;

    @TempDir
    Path directory;

    BackupConfigTest(RealPostgres postgres, LocalS3 s3) {
        this.postgres = postgres;
        this.s3 = s3;
    }

    @BeforeAll
    static void startCluster(RealPostgres postgres, @TempDir Path cluster) throws Exception {
        kubernetes = EmbeddedKubernetes.start(new KubernetesOptions(
                Script.ROOT,
                cluster.resolve("k8s"),
                cluster.resolve("logs"),
                postgres.bin(),
                Map::of,
                "SELECT 1",
                Clock.systemUTC()));
        kubernetes.apply(OBJECTS);
        kubernetes.apply(Script.ROOT.resolve("k8s/rbac.yaml"));
        while (kubernetes.find(ConfigMap.class, NAMESPACE, "kube-root-ca.crt").isEmpty()) {
            Thread.sleep(50);
        }
    }

    @AfterAll
    static void stopCluster() {
        kubernetes.close();
    }

    @BeforeEach
    void startEmpty() {
        s3.useNewBucket();
        database = postgres.createDatabase();
        postgres.psql(database, "CREATE TABLE t AS SELECT generate_series(1, 5) AS a;");
    }

    @Test
    void theNamespacesConfigurationLiesBesideTheDumpAndNoSecretAnywhereElse() throws Exception {
        Script.Ended ended =
                backup(kubernetes.endpoint(), "postgres-backup").run().orFail();

        BackupManifest manifest = manifest();
        byte[] content = s3.read(manifest.config().key());
        assertThat(manifest.config().key()).isEqualTo("dumps/" + manifest.backupId() + ".config.json");
        assertThat(manifest.config().size()).isEqualTo(content.length);
        assertThat(manifest.config().versionId())
                .isEqualTo(s3.client()
                        .headObject(
                                r -> r.bucket(s3.bucket()).key(manifest.config().key()))
                        .versionId());
        assertThat(manifest.configProblem()).isNull();
        ConfigBackup config = ConfigBackup.parse("what the script wrote", content);
        assertThat(config.namespace()).isEqualTo(NAMESPACE);
        assertThat(config.takenAt()).isBetween(manifest.startedAt(), manifest.finishedAt());
        assertThat(config.objects())
                .extracting(ConfigObject::toString)
                .containsExactly("ConfigMap/app-config", "Secret/app-secrets");
        assertThat(config.objects().get(0).content()).isEqualTo(Json.mapper().readTree("""
                        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"app-config","namespace":"cloudtolocalllm",
                         "labels":{"a":"b"},"annotations":{"keep":"me"}},"data":{"host":"postgres"}}"""));
        assertThat(config.objects().get(1).content().at("/data/password").asText())
                .isEqualTo(base64("correct-horse-battery"));
        assertThat(config.workloads())
                .containsExactly(
                        new ConfigWorkload(
                                ConfigWorkload.Kind.DEPLOYMENT,
                                "web",
                                0,
                                Map.of("web", "shop/web@sha256:0123", "migrate", "shop/api:7")),
                        new ConfigWorkload(
                                ConfigWorkload.Kind.STATEFUL_SET,
                                "postgres",
                                0,
                                Map.of("postgres", "shop/postgres:15")),
                        new ConfigWorkload(
                                ConfigWorkload.Kind.CRON_JOB, "backup", null, Map.of("backup", "shop/backup:15")));
        assertThat(ended.errors()).isEmpty();
        assertNoSecretIn(ended);
        assertThat(kubernetes.unknownRequests()).isEmpty();
    }

    @Test
    void withoutAnAnswerTheDatabaseIsBackedUpAllTheSame() throws Exception {
        assertOnlyTheConfigurationIsMissing(
                backup(URI.create("https://127.0.0.1:1"), "postgres-backup").run(),
                "cannot list the configmaps of namespace cloudtolocalllm: curl: (7) ");
    }

    @Test
    void whoHasNoRoleGetsNoConfigurationAndSaysSo() throws Exception {
        assertOnlyTheConfigurationIsMissing(
                backup(kubernetes.endpoint(), "somebody").run(),
                "cannot list the configmaps of namespace cloudtolocalllm: curl: (22) The requested URL returned error: 403");
    }

    @Test
    void anAnswerThatIsNotUnderstoodIsNotShown() throws Exception {
        Script script = backup(kubernetes.endpoint(), "postgres-backup");
        // What curl writes to --output.
        script.replacing(
                "curl",
                "while [ $# -gt 0 ]; do if [ \"$1\" = --output ]; then echo '{\"items\":{\"a\":\"correct-horse-battery\"}}' >\"$2\"; fi;"
                        + " shift; done");

        assertOnlyTheConfigurationIsMissing(
                script.run(), "jq ended with 5: what Kubernetes answered is not what is expected of it");
    }

    @Test
    void anAccountThatIsNotMountedIsNamed() throws Exception {
        Script script = backup(kubernetes.endpoint(), "postgres-backup");
        Files.delete(directory.resolve("account/token"));

        assertOnlyTheConfigurationIsMissing(script.run(), directory + "/account/token is missing or empty");
    }

    private void assertOnlyTheConfigurationIsMissing(Script.Ended ended, String problem) throws Exception {
        ended.orFail();
        BackupManifest manifest = manifest();
        assertThat(manifest.config()).isNull();
        assertThat(manifest.configProblem()).startsWith(problem);
        assertThat(manifest.tables()).singleElement().extracting(t -> t.rows()).isEqualTo(5L);
        assertThat(ended.errors())
                .startsWith("WARNING: backup " + manifest.backupId() + " of database '" + database
                        + "' has no configuration: " + problem)
                .hasLineCount(1);
        assertThat(s3.keys()).noneMatch(key -> key.endsWith(".config.json"));
        assertNoSecretIn(ended);
    }

    /** Neither in what was printed nor in what stays on the volume and in the pod's /tmp, nor in the other objects of the backup. */
    private void assertNoSecretIn(Script.Ended ended) throws IOException {
        Map<String, String> places = new TreeMap<>(Map.of("output", ended.output(), "errors", ended.errors()));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(directory.resolve("replaced")))
                    .toList()) {
                places.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        for (String key : s3.keys()) {
            if (!key.endsWith(".config.json")) {
                places.put(key, new String(s3.read(key), StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(places).hasSizeGreaterThan(6);
        String token = kubernetes.token(NAMESPACE, "postgres-backup");
        places.forEach((place, text) -> {
            SECRETS.forEach(
                    secret -> assertThat(text).as(place).doesNotContain(secret).doesNotContain(base64(secret)));
            if (!place.endsWith("/account/token")) {
                assertThat(text).as(place).doesNotContain(token);
            }
        });
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Script backup(URI api, String account) throws IOException {
        Path backups = Files.createDirectories(directory.resolve("backups"));
        Path files = Files.createDirectories(directory.resolve("account"));
        Files.writeString(files.resolve("token"), kubernetes.token(NAMESPACE, account));
        Files.writeString(files.resolve("ca.crt"), kubernetes.certificateAuthority());
        Files.writeString(files.resolve("namespace"), NAMESPACE);
        return Script.of("scripts/aws/backup-postgres.sh", directory, postgres, database, s3)
                .with(Map.of(
                        "BACKUP_DIR", backups.toString(),
                        "BACKUP_KIND", "recent",
                        "BACKUP_SSE", "AES256",
                        "BACKUP_KUBERNETES_ACCOUNT", files.toString(),
                        "KUBERNETES_SERVICE_HOST", api.getHost(),
                        "KUBERNETES_SERVICE_PORT", Integer.toString(api.getPort())));
    }

    private BackupManifest manifest() {
        List<String> keys =
                s3.keys().stream().filter(key -> key.endsWith(".manifest.json")).toList();
        assertThat(keys).hasSize(1);
        return Json.read("the manifest", s3.read(keys.get(0)), BackupManifest.class);
    }
}
