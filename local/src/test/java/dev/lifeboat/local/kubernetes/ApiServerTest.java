package dev.lifeboat.local.kubernetes;

import static dev.lifeboat.local.kubernetes.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a foreign client, fabric8's, gets from the API server. */
class ApiServerTest {
    private TestCluster cluster;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        cluster = new TestCluster();
        client = cluster.client(TestCluster.TOKEN);
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void refusesATokenThatIsNotOfEks() {
        try (KubernetesClient stranger = cluster.client("secret")) {
            KubernetesClientException refused = catchThrowableOfType(
                    KubernetesClientException.class,
                    () -> stranger.pods().inNamespace("shop").list());
            assertThat(refused.getCode()).isEqualTo(401);
        }
    }

    @Test
    void appliesAnObjectThatIsMissingAndOneThatIsThere() {
        client.resource(configMap("one")).serverSideApply();
        client.resource(configMap("two")).serverSideApply();
        ConfigMap found =
                client.configMaps().inNamespace("shop").withName("settings").get();
        assertThat(found.getData()).containsEntry("key", "two");
        assertThat(found.getMetadata().getUid()).isNotBlank();
    }

    @Test
    void refusesAWriteThatIsBasedOnAnOldVersion() {
        ConfigMap created = client.resource(configMap("one")).create();
        client.resource(configMap("two")).serverSideApply();
        KubernetesClientException refused = catchThrowableOfType(
                KubernetesClientException.class,
                () -> client.resource(created).lockResourceVersion().update());
        assertThat(refused.getCode()).isEqualTo(409);
        assertThat(refused.getStatus().getMessage())
                .isEqualTo("Operation cannot be fulfilled on configmaps \"settings\": the object has been modified; "
                        + "please apply your changes to the latest version and try again");
    }

    @Test
    void answersNotFoundWithAStatusAndAnEmptyListWithNone() {
        assertThat(client.pods().inNamespace("shop").withName("ghost").get()).isNull();
        assertThat(client.pods().inNamespace("shop").list().getItems()).isEmpty();
    }

    @Test
    void selectsByLabelsInEveryForm() {
        client.resource(labelled("a", "web")).create();
        client.resource(labelled("b", "api")).create();
        assertThat(names("app=web")).containsExactly("a");
        assertThat(names("app!=web")).containsExactly("b");
        assertThat(names("app in (web, api)")).containsExactly("a", "b");
        assertThat(names("app notin (web)")).containsExactly("b");
        assertThat(names("app,!other")).containsExactly("a", "b");
        assertThat(names("!app")).isEmpty();
    }

    @Test
    void remembersWhatItDoesNotKnow() {
        KubernetesClientException refused = catchThrowableOfType(
                KubernetesClientException.class, () -> client.raw("/api/v1/namespaces/shop/pods/web/portforward"));
        assertThat(refused.getCode()).isEqualTo(501);
        assertThat(cluster.kubernetes().unknownRequests())
                .containsExactly("GET /api/v1/namespaces/shop/pods/web/portforward");
    }

    @Test
    void rollsADeploymentOutAgainWhenAnAnnotationOfItsTemplateIsPatched() {
        cluster.kubernetes().apply(deployment("web"));
        await("first rollout", () -> rolledOut(1));
        List<String> before = podNames();

        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"restartedAt\":\"now\"}}}}}");
        await("second rollout", () -> rolledOut(2));

        assertThat(podNames()).hasSize(2).doesNotContainAnyElementsOf(before);
        assertThat(deployment().getSpec().getTemplate().getSpec().getContainers())
                .hasSize(1);
        assertThat(deployment().getMetadata().getAnnotations()).containsEntry(DeploymentController.REVISION, "2");
        assertThat(client.apps().replicaSets().inNamespace("shop").list().getItems())
                .extracting(ReplicaSet::getSpec)
                .extracting("replicas")
                .containsExactlyInAnyOrder(0, 2);
        assertThat(cluster.kubernetes().unknownRequests()).isEmpty();
    }

    @Test
    void scalesAndEvictsAndDeletesWithPreconditions() {
        cluster.kubernetes().apply(deployment("web"));
        await("rollout", () -> rolledOut(1));
        client.apps().deployments().inNamespace("shop").withName("web").scale(1);
        await("scaled", () -> podNames().size() == 1);

        Pod pod = client.pods().inNamespace("shop").list().getItems().get(0);
        String path = "/api/v1/namespaces/shop/pods/" + pod.getMetadata().getName();
        KubernetesClientException refused = catchThrowableOfType(
                KubernetesClientException.class,
                () -> client.raw(
                        path,
                        "DELETE",
                        new DeleteOptionsBuilder()
                                .withNewPreconditions()
                                .withUid("another")
                                .endPreconditions()
                                .build()));
        assertThat(refused.getCode()).isEqualTo(409);
        assertThat(client.pods().resource(pod).evict()).isTrue();
        await("replaced", () -> {
            List<String> names = podNames();
            return names.size() == 1 && !names.contains(pod.getMetadata().getName());
        });
    }

    private boolean rolledOut(long generation) {
        DeploymentStatus status = deployment().getStatus();
        return status != null
                && status.getObservedGeneration() == generation
                && status.getUpdatedReplicas() == 2
                && status.getAvailableReplicas() == 2
                && status.getReplicas() == 2;
    }

    private Deployment deployment() {
        return client.apps().deployments().inNamespace("shop").withName("web").get();
    }

    private List<String> podNames() {
        return client.pods().inNamespace("shop").withLabel("app", "web").list().getItems().stream()
                .filter(Pods::live)
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private List<String> names(String selector) {
        return client.configMaps().inNamespace("shop").withLabelSelector(selector).list().getItems().stream()
                .map(map -> map.getMetadata().getName())
                .toList();
    }

    private static ConfigMap labelled(String name, String app) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .addToLabels("app", app)
                .endMetadata()
                .build();
    }

    private static ConfigMap configMap(String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("settings")
                .endMetadata()
                .addToData("key", value)
                .build();
    }

    private static String deployment(String name) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: NAME, namespace: shop}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: NAME}}
                  template:
                    metadata: {labels: {app: NAME}}
                    spec:
                      containers:
                        - name: NAME
                          image: shop/NAME:1
                          ports: [{name: http, containerPort: 8080}]
                          readinessProbe: {httpGet: {path: /health, port: http}}
                """.replace("NAME", name);
    }
}
