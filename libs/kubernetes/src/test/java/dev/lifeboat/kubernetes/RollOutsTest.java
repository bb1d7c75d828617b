package dev.lifeboat.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.RolloutFailedException;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RollOutsTest {
    @RegisterExtension
    final FakeCluster cluster = new FakeCluster();

    private String bad;
    private String good;

    @BeforeEach
    void deploy() {
        cluster.create(new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .withAnnotations(Map.of("team", "shop"))
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .withMatchLabels(Map.of("app", "web"))
                .endSelector()
                .withTemplate(template(2, Map.of()))
                .endSpec()
                .build());
        replicaSet(1);
        replicaSet(2);
        good = Revisions.fingerprint(template(1, Map.of()));
        bad = Revisions.fingerprint(template(2, Map.of()));
    }

    @Test
    void aRollBackReplacesThePodTemplateAndNothingElse() {
        RolledBack done = rollBack(4, bad);

        assertThat(done).isEqualTo(new RolledBack("web", true, 2, 1));
        Deployment after = get();
        assertThat(after.getSpec().getTemplate().getSpec().getContainers())
                .extracting(container -> container.getImage())
                .containsExactly("shop/web:1");
        assertThat(after.getSpec().getTemplate().getMetadata().getLabels())
                .as("the ReplicaSet's own label stays there")
                .containsOnlyKeys("app");
        assertThat(after.getSpec().getReplicas()).isEqualTo(2);
        assertThat(after.getMetadata().getAnnotations())
                .containsEntry("team", "shop")
                .containsEntry("lifeboat.dev/live.fence", "4")
                .containsEntry("lifeboat.dev/rolled-back-for", "incident")
                .containsEntry("lifeboat.dev/rolled-back-to", good)
                .containsEntry("kubernetes.io/change-cause", "Lifeboat rolled back to revision 1 for incident");
    }

    @Test
    void aSecondOneChangesNothing() {
        rollBack(4, bad);
        String version = get().getMetadata().getResourceVersion();

        assertThat(rollBack(4, bad).changed()).isFalse();
        assertThat(get().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void whatAnIncidentHasTriedIsNotedAndForgottenByTheNextOne() {
        replicaSet(3);
        String other = Revisions.fingerprint(template(3, Map.of()));
        rollBack(4, bad);
        access().rollBack("shop", new RollBack("incident", new Fence("live", 4), "web", good, other));

        WorkloadState state = access().state("shop", "web");
        assertThat(state.rolledBackFor()).isEqualTo("incident");
        assertThat(state.rolledBackTo()).containsExactly(good, other);

        access().rollBack("shop", new RollBack("another", new Fence("live", 5), "web", other, bad));
        assertThat(access().state("shop", "web").rolledBackTo()).containsExactly(bad);
    }

    @Test
    void askingWhetherItIsPossibleChangesNothing() {
        String version = get().getMetadata().getResourceVersion();

        access().requirePossible("shop", new RollBack("incident", new Fence("live", 4), "web", bad, good));
        assertThatExceptionOfType(RolloutFailedException.class)
                .isThrownBy(() -> access().requirePossible(
                                "shop", new RollBack("incident", new Fence("live", 4), "web", "0000", good)));

        assertThat(get().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    private RollOuts access() {
        return cluster.access().rollOuts();
    }

    @Test
    void anOlderTokenIsFencedOff() {
        rollBack(4, bad);

        assertThatExceptionOfType(FencedOffException.class).isThrownBy(() -> rollBack(3, bad));
    }

    @Test
    void whatSomebodyDeployedMeanwhileIsLeftAlone() {
        String version = get().getMetadata().getResourceVersion();

        assertThatExceptionOfType(RolloutFailedException.class)
                .isThrownBy(() -> rollBack(4, Revisions.fingerprint(template(3, Map.of()))))
                .withMessage(
                        "Somebody has deployed another revision of shop/web in cluster test-eks since it was looked"
                                + " at, so it is not rolled back. HINT: Look at it again.");
        assertThat(get().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void aRevisionThatIsNotKeptAndAPausedRolloutAreSaid() {
        assertThatExceptionOfType(RolloutFailedException.class)
                .isThrownBy(() -> cluster.access()
                        .rollOuts()
                        .rollBack("shop", new RollBack("incident", new Fence("live", 4), "web", bad, "0000")))
                .withMessageContaining("keeps no revision of content 0000 any more");
        cluster.client()
                .apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .edit(found ->
                        found.edit().editSpec().withPaused(true).endSpec().build());
        assertThatExceptionOfType(RolloutFailedException.class)
                .isThrownBy(() -> rollBack(4, bad))
                .withMessageContaining("is paused");
    }

    @Test
    void aWriteBetweenReadingAndWritingIsSeenByResourceVersion() {
        String path = "/apis/apps/v1/namespaces/shop/deployments/web";
        try (WireCluster wire = new WireCluster();
                KubernetesAccess access = wire.open()) {
            wire.on("GET " + path, 200, """
                {"kind":"Deployment","apiVersion":"apps/v1",
                 "metadata":{"namespace":"shop","name":"web","uid":"u","resourceVersion":"77"},
                 "spec":{"selector":{"matchLabels":{"app":"web"}},
                   "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"image":"shop/web:2"}]}}}}\
                """);
            wire.on("GET /apis/apps/v1/namespaces/shop/replicasets", 200, """
                {"kind":"ReplicaSetList","apiVersion":"apps/v1","items":[{"metadata":{"namespace":"shop","name":"web-1",
                 "ownerReferences":[{"uid":"u"}]},
                 "spec":{"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"image":"shop/web:1"}]}}}}]}\
                """);
            wire.on("PATCH " + path, 409, """
                {"kind":"Status","apiVersion":"v1","code":409,"message":"the object has been modified"}\
                """);
            RollBack back = new RollBack(
                    "incident",
                    new Fence("live", 4),
                    "web",
                    Revisions.fingerprint(bare("shop/web:2")),
                    Revisions.fingerprint(bare("shop/web:1")));

            assertThatExceptionOfType(KubernetesUnavailableException.class)
                    .isThrownBy(() -> access.rollOuts().rollBack("shop", back))
                    .withMessageContaining("it was changed by someone else meanwhile (409)");
            assertThat(wire.requests().get(wire.requests().size() - 1))
                    .startsWith("PATCH ")
                    .contains("/metadata/resourceVersion", "77");
        }
    }

    private static PodTemplateSpec bare(String image) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Map.of("app", "web"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    void theStateHasRevisionsManagerAndAutoscaler() {
        cluster.client()
                .apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .edit(found -> found.edit()
                        .editMetadata()
                        .addToLabels("kustomize.toolkit.fluxcd.io/name", "apps")
                        .endMetadata()
                        .build());
        cluster.create(new HorizontalPodAutoscalerBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withMinReplicas(2)
                .withMaxReplicas(9)
                .withNewScaleTargetRef()
                .withKind("Deployment")
                .withName("web")
                .endScaleTargetRef()
                .endSpec()
                .build());

        WorkloadState state = cluster.access().rollOuts().state("shop", "web");

        assertThat(state.current().number()).isEqualTo(2);
        assertThat(state.earlier()).extracting(Revision::number).containsExactly(1L);
        assertThat(state.managedBy()).isEqualTo("Flux (Kustomization apps)");
        assertThat(state.autoscaler()).isEqualTo("web (2 to 9 replicas)");
        assertThat(state.paused()).isFalse();
    }

    @Test
    void aRestartDoesNotChangeWhatARevisionIs() {
        assertThat(Revisions.fingerprint(
                        template(1, Map.of("kubectl.kubernetes.io/restartedAt", "2026-11-23T12:00:00Z"))))
                .isEqualTo(good);
        assertThat(Revisions.fingerprint(template(1, Map.of("checksum/config", "1"))))
                .isNotEqualTo(good);
    }

    @Test
    void aNodeIsCordonedForAnIncidentAndNobodyElsesCordonIsTaken() {
        cluster.create(new NodeBuilder()
                .withNewMetadata()
                .withName("n1")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build());
        Nodes nodes = cluster.access().nodes();
        Fence fence = new Fence("live", 4);

        assertThat(nodes.uncordon("n1", fence)).as("not cordoned").isFalse();
        assertThat(nodes.cordon("n1", "incident", fence)).isTrue();
        assertThat(nodes.cordon("n1", "incident", fence)).as("again").isTrue();
        assertThat(nodes.cordon("n1", "another", new Fence("live", 5))).isFalse();
        assertThat(nodes.list()).containsExactly(new NodeState("n1", false, false, null));
        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> nodes.uncordon("n1", new Fence("live", 3)));
        assertThat(nodes.uncordon("n1", fence)).isTrue();
        assertThat(nodes.list()).containsExactly(new NodeState("n1", false, true, null));

        cluster.client()
                .nodes()
                .withName("n1")
                .edit(node ->
                        node.edit().editSpec().withUnschedulable(true).endSpec().build());
        assertThat(nodes.cordon("n1", "incident", fence)).as("a person did").isFalse();
        assertThat(nodes.uncordon("n1", fence)).isFalse();
    }

    private RolledBack rollBack(long token, String from) {
        return cluster.access()
                .rollOuts()
                .rollBack("shop", new RollBack("incident", new Fence("live", token), "web", from, good));
    }

    private Deployment get() {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .get();
    }

    private void replicaSet(int revision) {
        cluster.create(new ReplicaSetBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web-" + revision)
                .withLabels(Map.of("app", "web"))
                .withCreationTimestamp(Instant.EPOCH.plusSeconds(revision).toString())
                .addToAnnotations("deployment.kubernetes.io/revision", Integer.toString(revision))
                .addNewOwnerReference()
                .withKind("Deployment")
                .withUid(get().getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withTemplate(template(revision, Map.of())
                        .edit()
                        .editMetadata()
                        .addToLabels("pod-template-hash", "h" + revision)
                        .endMetadata()
                        .build())
                .endSpec()
                .build());
    }

    private static PodTemplateSpec template(int revision, Map<String, String> annotations) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Map.of("app", "web"))
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("shop/web:" + revision)
                .endContainer()
                .endSpec()
                .build();
    }
}
