package dev.lifeboat.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.RealPgBackRest;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL's pod of k8s/, as it is, with its container for base backups; the first repository lies in a directory in place of S3. */
class BaseBackupsTest {
    private static final String NAMESPACE = "cloudtolocalllm";

    private Path repository;
    private TestCluster cluster;

    @BeforeEach
    void start() throws IOException {
        RealPgBackRest.requireInstalled();
        repository = Files.createTempDirectory("repository");
        Files.setPosixFilePermissions(repository, PosixFilePermissions.fromString("rwxrwxrwx"));
        cluster = new TestCluster(
                Map.of(),
                Map.of(
                        "PGBACKREST_REPO1_TYPE", "posix",
                        "PGBACKREST_REPO1_PATH", repository.toString(),
                        "CHECK_SECONDS", "1"));
        Path k8s = TestCluster.repository().resolve("k8s");
        cluster.kubernetes()
                .apply(Files.readString(k8s.resolve("configmap.yaml"))
                        .replace("repo1-type=s3\n", "")
                        .replace("repo1-path=/pgbackrest\n", ""));
        cluster.kubernetes()
                .apply(Files.readString(k8s.resolve("secrets.yaml.template"))
                        .replaceAll("\\$\\{POSTGRES_PASSWORD\\}", "postgres-secret")
                        .replaceAll("\\$\\{[A-Z_]+\\}", "other-secret"));
        cluster.kubernetes().apply(k8s.resolve("postgres-statefulset.yaml"));
        await("postgres-0 ready", this::ready);
    }

    @AfterEach
    void stop() {
        cluster.close();
        Volumes.deleteTree(repository);
    }

    @Test
    void nothingIsMadeOfAnEmptyClusterBeforeOrAfterALoss() throws SQLException {
        await("a stanza", () -> said("the first base backup waits for the first table"));
        assertThat(backups(repository)).isEmpty();

        query("CREATE TABLE kept AS SELECT 42 AS answer");
        await(
                "a full backup in both repositories",
                () -> backups(repository).size() == 1 && backups(local()).size() == 1);
        assertThat(backups(repository)).allMatch(label -> label.endsWith("F"));

        cluster.kubernetes()
                .kill(NAMESPACE, "postgres-0", () -> cluster.kubernetes().destroyClaim(NAMESPACE, "data-postgres-0"));
        await("an empty cluster that waits", () -> said("the repository is another cluster's, and this one is empty"));
        assertThat(archives()).hasSize(1);
        assertThat(backups(repository)).hasSize(1);

        query("CREATE TABLE restored AS SELECT 42 AS answer");
        await("a backup of the new cluster", () -> backups(repository).size() == 2);
        assertThat(archives()).hasSize(2);
    }

    private List<String> backups(Path root) {
        return names(root.resolve("backup/lifeboat")).stream()
                .filter(name -> Files.exists(
                        root.resolve("backup/lifeboat").resolve(name).resolve("backup.manifest")))
                .filter(name ->
                        !Files.isSymbolicLink(root.resolve("backup/lifeboat").resolve(name)))
                .toList();
    }

    private List<String> archives() {
        return names(repository.resolve("archive/lifeboat")).stream()
                .filter(name -> name.matches("[0-9.]+-[0-9]+"))
                .toList();
    }

    private static List<String> names(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path local() {
        return cluster.kubernetes().claim(NAMESPACE, "data-postgres-0").resolve("pgbackrest");
    }

    private boolean said(String what) {
        return log().contains(what);
    }

    private String log() {
        return cluster.kubernetes().log(pod(), "base-backups");
    }

    private void await(String what, BooleanSupplier condition) {
        for (int attempt = 0; ; attempt++) {
            try {
                TestCluster.await(what, condition);
                return;
            } catch (AssertionError e) {
                // Two backups and a verification take longer than that on a busy machine.
                if (attempt == 2) {
                    throw new AssertionError(log() + cluster.kubernetes().log(pod()), e);
                }
            }
        }
    }

    private Pod pod() {
        return cluster.kubernetes().find(Pod.class, NAMESPACE, "postgres-0").orElseThrow();
    }

    private boolean ready() {
        return cluster.kubernetes()
                .find(Pod.class, NAMESPACE, "postgres-0")
                .filter(Pods::ready)
                .isPresent();
    }

    private void query(String sql) throws SQLException {
        String url = "jdbc:postgresql://" + pod().getStatus().getPodIP() + ":5432/cloudtolocalllm";
        try (Connection connection = DriverManager.getConnection(url, "cloud_admin", "postgres-secret");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
