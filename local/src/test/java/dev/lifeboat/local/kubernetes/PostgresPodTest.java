package dev.lifeboat.local.kubernetes;

import static dev.lifeboat.local.kubernetes.TestCluster.await;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The PostgreSQL StatefulSet of k8s/, as it is, as a process. */
class PostgresPodTest {
    private static final String NAMESPACE = "cloudtolocalllm";

    private Set<ProcessHandle> othersProcesses;
    private TestCluster cluster;

    @BeforeEach
    void start() throws IOException {
        // An S3 server that all test classes share may run already, whatever their order.
        othersProcesses = ProcessHandle.current().descendants().collect(toSet());
        cluster = new TestCluster();
        Path k8s = TestCluster.repository().resolve("k8s");
        cluster.kubernetes().apply(k8s.resolve("configmap.yaml"));
        cluster.kubernetes()
                .apply(Files.readString(k8s.resolve("secrets.yaml.template"))
                        .replaceAll("\\$\\{POSTGRES_PASSWORD\\}", "postgres-secret")
                        .replaceAll("\\$\\{[A-Z_]+\\}", "other-secret"));
        cluster.kubernetes().apply(k8s.resolve("postgres-statefulset.yaml"));
        try {
            await("postgres-0 ready", this::ready);
        } catch (AssertionError e) {
            throw new AssertionError(cluster.kubernetes().log(pod()) + pod().getStatus(), e);
        }
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void answersOnItsOwnAddressWithTheManifestsUserAndSecret() throws SQLException {
        assertThat(pod().getStatus().getPodIP()).matches("127\\.\\d+\\.0\\.\\d+");
        assertThat(query("SELECT current_user || ' in ' || current_database()"))
                .isEqualTo("cloud_admin in cloudtolocalllm");
    }

    @Test
    void runsAgainOnItsVolumeAfterAKill() throws SQLException {
        query("CREATE TABLE kept AS SELECT 42 AS answer");
        cluster.kubernetes().kill(NAMESPACE, "postgres-0", () -> {});
        await("restarted", () -> restarts() == 1 && ready());
        assertThat(query("SELECT answer::text FROM kept")).isEqualTo("42");
    }

    @Test
    void startsEmptyAfterItsVolumeWasDestroyed() throws SQLException {
        String address = pod().getStatus().getPodIP();
        query("CREATE TABLE lost AS SELECT 42 AS answer");
        cluster.kubernetes()
                .kill(NAMESPACE, "postgres-0", () -> cluster.kubernetes().destroyClaim(NAMESPACE, "data-postgres-0"));
        await("restarted", () -> restarts() >= 1 && ready());
        assertThat(query("SELECT coalesce(to_regclass('lost')::text, 'gone')")).isEqualTo("gone");
        assertThat(pod().getStatus().getPodIP()).isEqualTo(address);
        assertThat(cluster.kubernetes().claim(NAMESPACE, "data-postgres-0").resolve("pgdata"))
                .isDirectory();
    }

    @Test
    void leavesNoProcessBehindWhenTheClusterIsClosed() {
        long postmaster = ownProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
                .findFirst()
                .orElseThrow()
                .pid();
        cluster.close();
        assertThat(ProcessHandle.of(postmaster).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(ownProcesses()).isEmpty();
    }

    private Stream<ProcessHandle> ownProcesses() {
        return ProcessHandle.current().descendants().filter(process -> !othersProcesses.contains(process));
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

    private int restarts() {
        return pod().getStatus().getContainerStatuses().get(0).getRestartCount();
    }

    private String query(String sql) throws SQLException {
        String url = "jdbc:postgresql://" + pod().getStatus().getPodIP() + ":5432/cloudtolocalllm";
        try (Connection connection = DriverManager.getConnection(url, "cloud_admin", "postgres-secret");
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
