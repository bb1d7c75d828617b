package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** What a cluster says of itself: facts for an assessment, no judgement. */
public final class ClusterState {
    private static final String SYSTEM = "kube-system";

    private final String cluster;
    private final KubernetesClient client;

    ClusterState(String cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
    }

    /**
     * Asks {@code /readyz}.
     *
     * @return what it answered: {@code ok}
     * @throws KubernetesUnavailableException when the API does not answer, or says that it is not ready
     */
    public String readyz() {
        return faults().translating("ask for /readyz", () -> String.valueOf(client.raw("/readyz")));
    }

    /**
     * All nodes.
     *
     * @throws KubernetesUnavailableException when the API does not answer
     */
    public List<NodeState> nodes() {
        return faults().translating("list nodes", () -> client.nodes().list().getItems()).stream()
                .map(Nodes::state)
                .toList();
    }

    /**
     * Those of the names that no ready pod of kube-system begins with.
     *
     * @param names such as {@code coredns}
     * @throws KubernetesUnavailableException when the API does not answer
     */
    public List<String> systemPodsMissing(List<String> names) {
        List<PodState> pods = faults()
                .translating(
                        "list the pods of kube-system",
                        () -> client.pods().inNamespace(SYSTEM).list().getItems())
                .stream()
                .map(PodStates::of)
                .filter(PodState::ready)
                .toList();
        return names.stream()
                .filter(name -> pods.stream().noneMatch(pod -> pod.name().startsWith(name)))
                .toList();
    }

    private KubernetesFaults faults() {
        return new KubernetesFaults(cluster);
    }
}
