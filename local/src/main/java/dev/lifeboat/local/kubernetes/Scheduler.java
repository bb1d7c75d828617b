package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The scheduler: a pod goes to the schedulable node with the fewest pods of its owner, then the fewest at all. All of
 * them are this machine, so a volume goes with its pod.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/">Kubernetes Scheduler</a>
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/nodes/#manual-node-administration">Manual Node administration</a>
 */
final class Scheduler implements Controller {
    private final TypedObjects objects;

    Scheduler(TypedObjects objects) {
        this.objects = objects;
    }

    @Override
    public void reconcile() {
        for (Pod pod : objects.list(Pod.class)) {
            if (Pods.live(pod) && pod.getSpec().getNodeName() == null) {
                // Each is placed before the next one is: they are to spread.
                schedule(pod, objects.list(Pod.class));
            }
        }
    }

    private void schedule(Pod pod, List<Pod> all) {
        Optional<Node> node = objects.list(Node.class).stream()
                .filter(Scheduler::takesPods)
                .min(Comparator.<Node>comparingLong(each -> onIt(each, all, owner(pod)))
                        .thenComparingLong(each -> onIt(each, all, Optional.empty()))
                        .thenComparing(each -> each.getMetadata().getName()));
        if (node.isPresent()) {
            String name = node.get().getMetadata().getName();
            objects.edit(pod, current -> current.getSpec().setNodeName(name));
        } else if (pod.getStatus() == null || pod.getStatus().getConditions().isEmpty()) {
            objects.edit(
                    pod,
                    current -> current.setStatus(new PodStatusBuilder()
                            .withPhase("Pending")
                            .withConditions(new PodConditionBuilder()
                                    .withType("PodScheduled")
                                    .withStatus("False")
                                    .withReason("Unschedulable")
                                    .withMessage("0/" + objects.list(Node.class).size()
                                            + " nodes are available: node(s) were unschedulable.")
                                    .build())
                            .build()));
        }
    }

    private static boolean takesPods(Node node) {
        boolean cordoned =
                node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
        return !cordoned
                && node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    /** How many live pods are on a node, of one owner or of all. */
    private static long onIt(Node node, List<Pod> pods, Optional<String> owner) {
        return pods.stream()
                .filter(Pods::live)
                .filter(pod -> node.getMetadata().getName().equals(pod.getSpec().getNodeName()))
                .filter(pod -> owner.isEmpty() || owner.equals(owner(pod)))
                .count();
    }

    private static Optional<String> owner(Pod pod) {
        return TypedObjects.owner(pod).map(OwnerReference::getUid);
    }
}
