package dev.lifeboat.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.ApplicationPolicy;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.connection.TestTargets;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which cluster is the target's, and for what its first generation's name stands. */
final class TargetSwitchTest {
    private final FakeParameters ssm = new FakeParameters();
    private final ClusterParameters parameters = new ClusterParameters(ssm.client(), "target", "cluster");
    private final Target target = TestTargets.live("app");

    @BeforeEach
    void name() {
        ssm.put("target", new String(Json.write(target), StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        ssm.close();
    }

    @Test
    void theFirstGenerationsNameStandsForTheOneThatTheParameterNames() {
        TargetCluster cluster = new TargetCluster(ssm.client(), "target");
        assertThat(cluster.standsFor("cluster")).isEqualTo("cluster");

        ssm.put("target", ssm.value("target").replace("\"cluster\" : \"cluster\"", "\"cluster\" : \"cluster-g3\""));

        assertThat(cluster.standsFor("cluster")).isEqualTo("cluster-g3");
        assertThat(cluster.standsFor("cluster-g2"))
                .as("asked for by its own name")
                .isEqualTo("cluster-g2");
        assertThat(cluster.standsFor("other")).isEqualTo("other");
    }

    @Test
    void aParameterThatIsMissingIsNamed() {
        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> new TargetCluster(ssm.client(), "nope").standsFor("cluster"))
                .withMessageStartingWith("There is no parameter nope");
    }

    @Test
    void nothingOfTheTargetButItsClusterIsChanged() throws IOException {
        ObjectNode whole = (ObjectNode) Json.mapper()
                .readTree(Files.readString(Path.of(System.getProperty("lifeboat.root"), "events/recovery-input.json")))
                .get("target");
        whole.put("missingRoles", "leave-out").putObject("application").put("gitOps", "rollback");
        List<String> fields = Arrays.stream(Target.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        assertThat(whole.fieldNames()).toIterable().as("none is missing").containsExactlyInAnyOrderElementsOf(fields);
        ssm.put("target", whole.toString());

        parameters.nameCluster(now -> TargetSwitch.named(now, "cluster-g2"));

        whole.put("cluster", "cluster-g2");
        assertThat(parameters.target()).isEqualTo(Json.read("the target", whole.toString(), Target.class));
    }

    @Test
    void whatIsSaidOfTheApplicationStays() {
        Target judged = new Target(
                target.name(),
                target.purpose(),
                target.cluster(),
                target.namespace(),
                target.postgresService(),
                target.database(),
                target.backupOf(),
                target.adminSecret(),
                target.deployments(),
                target.healthUrls(),
                target.loadBalancer(),
                target.dns(),
                target.missingRoles(),
                ApplicationPolicy.DEFAULT);

        assertThat(TargetSwitch.named(judged, "cluster-g2").application()).isEqualTo(ApplicationPolicy.DEFAULT);
    }
}
