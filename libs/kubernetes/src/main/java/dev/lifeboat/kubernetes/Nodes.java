package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.error.MisconfiguredException;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes, as {@code kubectl cordon}, {@code drain} and {@code uncordon} use them. */
public final class Nodes {
    private static final String ZONE = "topology.kubernetes.io/zone";

    /** On a node: the incident that it was cordoned for. */
    static final String CORDONED_FOR = "lifeboat.dev/cordoned-for";

    /** Stays on a node that was let go; the client sends no nulls, which would take the annotation away. */
    private static final String NOBODY = "";

    private static final int TOO_MANY_REQUESTS = 429;

    private final String cluster;
    private final KubernetesClient client;
    private final KubernetesFaults faults;

    Nodes(String cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
        this.faults = new KubernetesFaults(cluster);
    }

    /** What became of an eviction. */
    public enum Evicted {
        /** The pod is being deleted. */
        ACCEPTED,
        /** A disruption budget does not allow it now. */
        REFUSED,
        /** There is no such pod any more. */
        GONE
    }

    /**
     * All nodes, by name.
     *
     * @throws dev.lifeboat.contract.error.KubernetesUnavailableException when the API does not answer
     * @throws MisconfiguredException when they may not be listed
     */
    public List<NodeState> list() {
        return faults.translating("list the nodes", () -> client.nodes().list().getItems()).stream()
                .map(Nodes::state)
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    static NodeState state(Node node) {
        boolean ready = node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
        Map<String, String> labels = node.getMetadata().getLabels();
        return new NodeState(
                node.getMetadata().getName(), ready, !isCordoned(node), labels == null ? null : labels.get(ZONE));
    }

    private static boolean isCordoned(Node node) {
        return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }

    /**
     * Lets no new pod come onto a node.
     *
     * @return whether this incident has cordoned it, now or before; false when somebody else had, and it is left as it is
     * @throws dev.lifeboat.contract.error.FencedOffException when a newer recovery of the same target wrote to it
     * @throws dev.lifeboat.contract.error.KubernetesUnavailableException when the API does not answer, or somebody else wrote to it meanwhile
     * @throws MisconfiguredException when there is no such node
     */
    public boolean cordon(String name, String incident, Fence fence) {
        Node node =
                node(name).orElseThrow(() -> faults.missing("Node " + name, "Start it again: another node is chosen."));
        fence.compare(cluster, node);
        if (isCordoned(node)) {
            return incident.equals(annotations(node).get(CORDONED_FOR));
        }
        Map<String, Object> annotations = new HashMap<>(fence.annotations());
        annotations.put(CORDONED_FOR, incident);
        patch("cordon node " + name, node, annotations, true);
        return true;
    }

    /**
     * Lets pods come onto a node again that this incident, or an earlier one of the same target, has cordoned.
     *
     * @return whether this call changed it; false when it is not cordoned, gone, or cordoned by somebody else
     * @throws dev.lifeboat.contract.error.FencedOffException when a newer recovery of the same target wrote to it
     * @throws dev.lifeboat.contract.error.KubernetesUnavailableException when the API does not answer, or somebody else wrote to it meanwhile
     */
    public boolean uncordon(String name, Fence fence) {
        Optional<Node> found = node(name);
        if (found.isEmpty()) {
            return false;
        }
        fence.compare(cluster, found.get());
        Map<String, String> marks = annotations(found.get());
        if (!isCordoned(found.get())
                || marks.getOrDefault(CORDONED_FOR, NOBODY).equals(NOBODY)
                || !marks.containsKey(fence.annotation())) {
            return false;
        }
        Map<String, Object> annotations = new HashMap<>(fence.annotations());
        annotations.put(CORDONED_FOR, NOBODY);
        patch("uncordon node " + name, found.get(), annotations, false);
        return true;
    }

    private void patch(String doing, Node node, Map<String, Object> annotations, boolean unschedulable) {
        Map<String, Object> spec = new HashMap<>();
        spec.put("unschedulable", unschedulable);
        String patch = Serialization.asJson(Map.of(
                "metadata",
                Map.of("resourceVersion", node.getMetadata().getResourceVersion(), "annotations", annotations),
                "spec",
                spec));
        faults.translating(
                doing,
                () -> client.nodes()
                        .withName(node.getMetadata().getName())
                        .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    /**
     * Evicts a pod, where no disruption budget is against it.
     *
     * @param uid only this very pod, never a later one of the same name
     * @throws dev.lifeboat.contract.error.KubernetesUnavailableException when the API does not answer
     * @throws MisconfiguredException when it may not be evicted
     */
    public Evicted evict(String namespace, String pod, String uid) {
        // By hand: the typed call takes any refusal for false, and a budget's is to be told from the others.
        Map<String, Object> eviction = Map.of(
                "apiVersion",
                "policy/v1",
                "kind",
                "Eviction",
                "metadata",
                Map.of("namespace", namespace, "name", pod),
                "deleteOptions",
                Map.of("preconditions", Map.of("uid", uid)));
        return faults.translating("evict pod " + namespace + "/" + pod, () -> {
            try {
                client.raw("/api/v1/namespaces/" + namespace + "/pods/" + pod + "/eviction", "POST", eviction);
                return Evicted.ACCEPTED;
            } catch (KubernetesClientException e) {
                if (e.getCode() == TOO_MANY_REQUESTS) {
                    return Evicted.REFUSED;
                }
                if (e.getCode() == 404 || e.getCode() == 409) {
                    return Evicted.GONE;
                }
                throw e;
            }
        });
    }

    private Optional<Node> node(String name) {
        return faults.translating(
                "read node " + name,
                () -> Optional.ofNullable(client.nodes().withName(name).get()));
    }

    private static Map<String, String> annotations(Node node) {
        return Revisions.orEmpty(node.getMetadata().getAnnotations());
    }
}
