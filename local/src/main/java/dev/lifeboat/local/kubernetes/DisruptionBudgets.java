package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Whether a pod may be evicted now.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/">API-initiated eviction</a>
 * @see <a href="https://kubernetes.io/docs/tasks/run-application/configure-pdb/">Specifying a disruption budget</a>
 */
final class DisruptionBudgets {
    private final TypedObjects objects;

    DisruptionBudgets(TypedObjects objects) {
        this.objects = objects;
    }

    /** @throws ApiFault with 429 when a budget does not allow it, with 500 when several are of the pod */
    void requireAllowed(Pod pod) {
        List<PodDisruptionBudget> budgets =
                objects.list(PodDisruptionBudget.class, pod.getMetadata().getNamespace(), object -> true).stream()
                        .filter(budget -> selects(budget, pod))
                        .toList();
        if (budgets.size() > 1) {
            throw ApiFault.severalBudgets();
        }
        if (!budgets.isEmpty()) {
            requireAllowed(budgets.get(0), pod);
        }
    }

    private static boolean selects(PodDisruptionBudget budget, Pod pod) {
        if (budget.getSpec().getSelector() == null
                || !budget.getSpec().getSelector().getMatchExpressions().isEmpty()) {
            throw ApiFault.notImplemented("a PodDisruptionBudget with matchExpressions or without a selector");
        }
        return Selectors.labels(budget.getSpec().getSelector().getMatchLabels()).test(TypedObjects.node(pod));
    }

    private void requireAllowed(PodDisruptionBudget budget, Pod pod) {
        List<Pod> selected = objects
                .selected(
                        Pod.class,
                        pod.getMetadata().getNamespace(),
                        budget.getSpec().getSelector().getMatchLabels())
                .stream()
                .filter(Pods::live)
                .toList();
        long healthy = selected.stream().filter(Pods::ready).count();
        long desired = desired(budget, expected(selected));
        // A pod that is not ready may go as long as enough others are: policy IfHealthyBudget, the default.
        boolean isSpare = !Pods.ready(pod) && desired > 0 && healthy >= desired;
        if (!isSpare && healthy <= desired) {
            throw ApiFault.tooManyRequests(
                    "Cannot evict pod as it would violate the pod's disruption budget.",
                    "The disruption budget " + budget.getMetadata().getName() + " needs " + desired
                            + " healthy pods and has " + healthy + " currently");
        }
    }

    private static long desired(PodDisruptionBudget budget, int expected) {
        IntOrString most = budget.getSpec().getMaxUnavailable();
        return most == null
                ? number(budget.getSpec().getMinAvailable(), expected)
                : Math.max(0, expected - number(most, expected));
    }

    /** A percentage is rounded up. */
    private static int number(IntOrString value, int of) {
        if (value.getStrVal() == null) {
            return value.getIntVal();
        }
        int percent = Integer.parseInt(value.getStrVal().replace("%", ""));
        return (of * percent + 99) / 100;
    }

    /** How many pods the controllers of the selected ones want. */
    private int expected(List<Pod> selected) {
        return selected.stream()
                .flatMap(pod -> TypedObjects.owner(pod).stream().flatMap(owner -> replicas(pod, owner).stream()))
                .distinct()
                .mapToInt(Wanted::replicas)
                .sum();
    }

    private record Wanted(String uid, int replicas) {}

    private List<Wanted> replicas(Pod pod, OwnerReference owner) {
        String namespace = pod.getMetadata().getNamespace();
        return Stream.of(
                        objects.find(ReplicaSet.class, namespace, owner.getName())
                                .map(set ->
                                        new Wanted(uid(set), orOne(set.getSpec().getReplicas()))),
                        objects.find(StatefulSet.class, namespace, owner.getName())
                                .map(set ->
                                        new Wanted(uid(set), orOne(set.getSpec().getReplicas()))))
                .flatMap(found -> found.stream())
                .filter(found -> found.uid().equals(owner.getUid()))
                .toList();
    }

    private static String uid(HasMetadata object) {
        return object.getMetadata().getUid();
    }

    private static int orOne(Integer replicas) {
        return Objects.requireNonNullElse(replicas, 1);
    }
}
