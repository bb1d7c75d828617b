package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.NodeState;
import dev.lifeboat.orchestrator.cluster.ClusterResults.ClusterReadiness;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks whether a generation's cluster can take workloads. */
final class NewCluster {
    private final EksView eks;
    private final Function<String, ClusterConnection> clusters;

    NewCluster(EksView eks, Function<String, ClusterConnection> clusters) {
        this.eks = eks;
        this.clusters = clusters;
    }

    ClusterReadiness look(Generation generation) {
        String cluster = generation.cluster();
        List<String> problems = new ArrayList<>();
        Optional<String> status = eks.status(cluster);
        if (!status.equals(Optional.of("ACTIVE"))) {
            problems.add("EKS calls it " + status.orElse("unknown"));
            return new ClusterReadiness(false, 0, String.join("; ", problems));
        }
        problems.addAll(eks.nodeGroupProblems(cluster));
        problems.addAll(eks.addonProblems(cluster));
        long nodes = 0;
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(cluster))) {
            access.state().readyz();
            nodes = access.state().nodes().stream().filter(NodeState::ready).count();
            if (nodes == 0) {
                problems.add("no node is ready");
            }
            List<String> missing = access.state().systemPodsMissing(AssessCluster.SYSTEM_PODS);
            if (!missing.isEmpty()) {
                problems.add("no ready pod of " + String.join(", ", missing));
            }
        } catch (KubernetesUnavailableException e) {
            problems.add(e.getMessage());
        }
        return new ClusterReadiness(
                problems.isEmpty(), (int) nodes, problems.isEmpty() ? "It is ready." : String.join("; ", problems));
    }

    /** Where its ready nodes are. */
    Set<String> zones(Generation generation) {
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(generation.cluster()))) {
            Set<String> zones = access.state().nodes().stream()
                    .filter(NodeState::ready)
                    .map(NodeState::zone)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            if (zones.isEmpty()) {
                throw new MisconfiguredException(
                        "No ready node of cluster " + generation.cluster() + " says in which zone it is.",
                        "Look at the label topology.kubernetes.io/zone of its nodes.");
            }
            return zones;
        }
    }
}
