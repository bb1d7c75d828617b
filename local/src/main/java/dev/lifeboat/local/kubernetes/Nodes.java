package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The cluster's nodes as the API shows them: this machine, under as many names.
 *
 * @see <a href="https://kubernetes.io/docs/reference/node/node-status/">Node status</a>
 */
final class Nodes {
    private static final String ZONE = "topology.kubernetes.io/zone";

    private final TypedObjects objects;
    private final Clock clock;

    Nodes(TypedObjects objects, Clock clock) {
        this.objects = objects;
        this.clock = clock;
    }

    /** Nodes join, one in each of these zones. */
    void join(List<String> zones) {
        for (String zone : zones) {
            int number = objects.list(Node.class).size() + 1;
            objects.create(new NodeBuilder()
                    .withNewMetadata()
                    .withName("ip-127-0-0-" + number + ".ec2.internal")
                    .withLabels(labels("ip-127-0-0-" + number + ".ec2.internal", zone))
                    .endMetadata()
                    .withNewSpec()
                    .endSpec()
                    .withNewStatus()
                    .withConditions(new NodeConditionBuilder()
                            .withType("Ready")
                            .withStatus("True")
                            .withReason("KubeletReady")
                            .withLastTransitionTime(clock.instant().toString())
                            .build())
                    .endStatus()
                    .build());
        }
    }

    private static Map<String, String> labels(String name, String zone) {
        return Map.of(
                "kubernetes.io/hostname",
                name,
                "kubernetes.io/os",
                "linux",
                ZONE,
                zone,
                "topology.ebs.csi.aws.com/zone",
                zone);
    }

    boolean anyReady() {
        return objects.list(Node.class).stream().anyMatch(Nodes::ready);
    }

    private static boolean ready(Node node) {
        return node.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    /** Whether a volume of the zone can be taken. */
    boolean in(String zone) {
        return objects.list(Node.class).stream()
                .anyMatch(node -> ready(node)
                        && zone.equals(node.getMetadata().getLabels().get(ZONE)));
    }

    /** The zone that volumes are made in. */
    String zone() {
        return objects.list(Node.class).stream()
                .filter(Nodes::ready)
                .map(node -> node.getMetadata().getLabels().get(ZONE))
                .findFirst()
                .orElseThrow(() -> ApiFault.invalid("no nodes available to schedule pods"));
    }

    /** Nothing is heard of them any more: what the node controller makes of it. */
    void lost() {
        objects.list(Node.class)
                .forEach(node -> objects.edit(
                        node,
                        current -> current.getStatus()
                                .setConditions(List.of(new NodeConditionBuilder()
                                        .withType("Ready")
                                        .withStatus("Unknown")
                                        .withReason("NodeStatusUnknown")
                                        .withMessage("Kubelet stopped posting node status.")
                                        .withLastTransitionTime(clock.instant().toString())
                                        .build()))));
    }

    /** They leave the cluster. */
    void remove() {
        objects.list(Node.class).forEach(objects::delete);
    }
}
