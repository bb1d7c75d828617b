package dev.lifeboat.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkloadsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123Z");
    private static final Restart RESTART = new Restart("db-20261123", "live", 4, NOON);

    @RegisterExtension
    final FakeCluster cluster = new FakeCluster();

    @Test
    void restartsAsKubectlDoesAndKeepsEverythingElse() {
        cluster.create(deployment());

        assertThat(cluster.access().workloads().restart("shop", "web", RESTART)).isTrue();

        Deployment after = get();
        assertThat(after.getSpec().getTemplate().getMetadata().getAnnotations())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "team", "shop",
                        "kubectl.kubernetes.io/restartedAt", "2026-11-23T12:00:00Z",
                        "lifeboat.dev/restarted-for", "db-20261123"));
        assertThat(after.getMetadata().getAnnotations()).containsEntry("lifeboat.dev/live.fence", "4");
        assertThat(after.getSpec().getReplicas()).isEqualTo(2);
        assertThat(after.getSpec().getTemplate().getSpec())
                .isEqualTo(deployment().getSpec().getTemplate().getSpec());
    }

    @Test
    void aSecondRestartForTheSameIncidentChangesNothing() {
        cluster.create(deployment());
        Workloads workloads = cluster.access().workloads();
        workloads.restart("shop", "web", RESTART);
        String version = get().getMetadata().getResourceVersion();

        assertThat(workloads.restart("shop", "web", new Restart("db-20261123", "live", 4, NOON.plusSeconds(60))))
                .isFalse();
        assertThat(get().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void theNextIncidentRestartsAgain() {
        cluster.create(deployment());
        Workloads workloads = cluster.access().workloads();
        workloads.restart("shop", "web", RESTART);

        assertThat(workloads.restart("shop", "web", new Restart("db-20261124", "live", 5, NOON.plusSeconds(86_400))))
                .isTrue();
    }

    @Test
    void anOlderTokenOfTheSameTargetIsFencedOff() {
        cluster.create(deployment());
        cluster.access().workloads().restart("shop", "web", RESTART);

        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() ->
                        cluster.access().workloads().restart("shop", "web", new Restart("db-late", "live", 3, NOON)))
                .withMessage(
                        "Deployment shop/web in cluster test-eks was last written by a recovery with token 4, newer"
                                + " than this one's 3. HINT: Leave it to the newer recovery of target live.");
    }

    @Test
    void whatFollowsOnARestartIsFencedOffByItToo() {
        cluster.create(deployment());
        cluster.access().workloads().restart("shop", "web", RESTART);

        cluster.access().workloads().requireFence("shop", "web", new Fence("live", 4));
        cluster.access().workloads().requireFence("shop", "web", new Fence("other", 1));
        cluster.access().workloads().requireFence("shop", "missing", new Fence("live", 3));
        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> cluster.access().workloads().requireFence("shop", "web", new Fence("live", 3)));
    }

    @Test
    void aRaisedFenceReplacesNoPodAndKeepsOlderOnesOut() {
        cluster.create(deployment());
        Workloads workloads = cluster.access().workloads();

        workloads.raiseFence("shop", "missing", new Fence("live", 5));
        workloads.raiseFence("shop", "web", new Fence("live", 5));
        String version = get().getMetadata().getResourceVersion();
        workloads.raiseFence("shop", "web", new Fence("live", 5));

        assertThat(get().getMetadata().getResourceVersion()).as("twice").isEqualTo(version);
        assertThat(get().getSpec()).isEqualTo(deployment().getSpec());
        assertThatExceptionOfType(FencedOffException.class).isThrownBy(() -> workloads.restart("shop", "web", RESTART));
        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> workloads.raiseFence("shop", "web", new Fence("live", 4)));
    }

    @Test
    void tokensOfDifferentTargetsAreNotCompared() {
        cluster.create(deployment());
        cluster.access().workloads().restart("shop", "web", RESTART);

        assertThat(cluster.access().workloads().restart("shop", "web", new Restart("other", "other", 1, NOON)))
                .isTrue();
    }

    @Test
    void aMissingDeploymentIsAMisconfiguration() {
        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> cluster.access().workloads().restart("shop", "web", RESTART))
                .withMessage("Deployment shop/web does not exist in cluster test-eks."
                        + " HINT: Correct the target's 'deployments', or deploy the application.");
    }

    @Test
    void aWriteBetweenReadingAndWritingIsSeenByResourceVersionAndRetryable() {
        String path = "/apis/apps/v1/namespaces/shop/deployments/web";
        try (WireCluster wire = new WireCluster();
                KubernetesAccess access = wire.open()) {
            wire.on("GET " + path, 200, """
                    {"kind":"Deployment","apiVersion":"apps/v1",
                     "metadata":{"namespace":"shop","name":"web","resourceVersion":"77"},"spec":{"template":{}}}""");
            wire.on("PATCH " + path, 409, """
                    {"kind":"Status","apiVersion":"v1","code":409,"message":"the object has been modified"}""");

            assertThatExceptionOfType(KubernetesUnavailableException.class)
                    .isThrownBy(() -> access.workloads().restart("shop", "web", RESTART))
                    .withMessage(
                            "Cannot restart Deployment shop/web in cluster test-eks: it was changed by someone else"
                                    + " meanwhile (409). HINT: Try again.");
            assertThat(wire.requests().get(wire.requests().size() - 1))
                    .startsWith("PATCH ")
                    .contains("\"resourceVersion\":\"77\"");
        }
    }

    private Deployment get() {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .get();
    }

    private static Deployment deployment() {
        return new DeploymentBuilder(new Deployment())
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewTemplate()
                .withNewMetadata()
                .withAnnotations(Map.of("team", "shop"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("shop/web:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
