package dev.lifeboat.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes, evictions, budgets, images and revisions, as the client that the functions use sees them. */
class NodesTest {
    private static final String MANIFEST = """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: shop
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              namespace: shop
            spec:
              replicas: 2
              selector:
                matchLabels:
                  app: web
              template:
                metadata:
                  labels:
                    app: web
                spec:
                  containers:
                    - name: web
                      image: shop/web:1
                      ports:
                        - containerPort: 8080
                      readinessProbe:
                        httpGet:
                          path: /health
                          port: 8080
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata:
              name: web
              namespace: shop
            spec:
              maxUnavailable: 1
              selector:
                matchLabels:
                  app: web
            """;

    private TestCluster cluster;
    private KubernetesClient client;

    @BeforeEach
    void deploy() throws IOException {
        cluster = new TestCluster();
        client = cluster.client(TestCluster.TOKEN);
        cluster.kubernetes().apply(MANIFEST);
        TestCluster.await("two ready pods", () -> ready().size() == 2);
    }

    @AfterEach
    void close() {
        client.close();
        cluster.close();
    }

    @Test
    void aCordonedNodeIsLeftPodByPodAsTheBudgetAllows() {
        assertThat(nodes(ready())).as("spread").hasSize(2);
        String node = ready().get(0).getSpec().getNodeName();
        client.nodes()
                .withName(node)
                .edit(found -> found.edit()
                        .editSpec()
                        .withUnschedulable(true)
                        .endSpec()
                        .build());
        List<Pod> before = ready();

        evict(before.get(0));
        assertThatThrownBy(() -> evict(before.get(1)))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(429))
                .hasMessageContaining("disruption budget");

        TestCluster.await(
                "two ready pods on the other node",
                () -> ready().size() == 2 && !nodes(ready()).contains(node));
    }

    @Test
    void aVersionWithoutAnImageIsUndoneAndGetsTheNextRevision() {
        cluster.kubernetes().images().withdraw("shop/web:2");
        setImage("shop/web:2");
        TestCluster.await(
                "a pod without its image",
                () -> pods().stream()
                        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                        .anyMatch(status -> status.getState().getWaiting() != null
                                && "ImagePullBackOff"
                                        .equals(status.getState().getWaiting().getReason())));
        assertThat(ready()).as("the older ones serve").hasSize(2);
        assertThat(revisions()).isEqualTo(Map.of("shop/web:1", "1", "shop/web:2", "2"));

        setImage("shop/web:1");

        TestCluster.await("the older revision alone", () -> pods().size() == 2 && ready().size() == 2);
        assertThat(revisions()).isEqualTo(Map.of("shop/web:1", "3", "shop/web:2", "2"));
    }

    @Test
    void anImageThatCrashesSaysWhatItSaid() {
        cluster.kubernetes().images().crash("shop/web:2", List.of("no such column"));
        setImage("shop/web:2");

        TestCluster.await(
                "a crash loop",
                () -> pods().stream()
                        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                        .anyMatch(status -> status.getRestartCount() > 1));
        String crashing = pods().stream()
                .filter(pod -> pod.getSpec().getContainers().get(0).getImage().equals("shop/web:2"))
                .map(pod -> pod.getMetadata().getName())
                .findFirst()
                .orElseThrow();
        assertThat(client.pods()
                        .inNamespace("shop")
                        .withName(crashing)
                        .inContainer("web")
                        .tailingLines(5)
                        .getLog())
                .contains("no such column");
    }

    @Test
    void nothingIsRolledOutWhileItIsPaused() {
        patch("{\"paused\":true}");

        setImage("shop/web:2");

        TestCluster.await(
                "the change to be there",
                () -> get().getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage()
                        .endsWith(":2"));
        assertThat(revisions()).isEqualTo(Map.of("shop/web:1", "1"));
    }

    private void evict(Pod pod) {
        client.raw(
                "/api/v1/namespaces/shop/pods/" + pod.getMetadata().getName() + "/eviction",
                "POST",
                Map.of(
                        "apiVersion",
                        "policy/v1",
                        "kind",
                        "Eviction",
                        "metadata",
                        Map.of("namespace", "shop", "name", pod.getMetadata().getName())));
    }

    private void setImage(String image) {
        patch("{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"" + image + "\"}]}}}");
    }

    /** As kubectl does: without a resourceVersion, since the controllers write to the status all the time. */
    private void patch(String spec) {
        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"spec\":" + spec + "}");
    }

    private Deployment get() {
        return client.apps().deployments().inNamespace("shop").withName("web").get();
    }

    private Map<String, String> revisions() {
        return client.apps().replicaSets().inNamespace("shop").list().getItems().stream()
                .collect(Collectors.toMap(
                        set -> set.getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .get(0)
                                .getImage(),
                        NodesTest::revision));
    }

    private static String revision(ReplicaSet set) {
        return set.getMetadata().getAnnotations().get(DeploymentController.REVISION);
    }

    private List<Pod> pods() {
        return client.pods().inNamespace("shop").list().getItems().stream()
                .filter(pod -> pod.getStatus() != null)
                .toList();
    }

    private List<Pod> ready() {
        return pods().stream().filter(Pods::ready).toList();
    }

    private static Set<String> nodes(List<Pod> pods) {
        return pods.stream().map(pod -> pod.getSpec().getNodeName()).collect(Collectors.toSet());
    }
}
