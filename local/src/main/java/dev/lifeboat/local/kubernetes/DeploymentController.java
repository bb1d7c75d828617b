package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Deployments: a ReplicaSet for each version of the pod template, the new one up before the old one goes down.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/">Deployments</a>
 */
final class DeploymentController implements Controller {
    static final String HASH_LABEL = "pod-template-hash";
    static final String REVISION = "deployment.kubernetes.io/revision";

    private final TypedObjects objects;
    private final Clock clock;

    DeploymentController(TypedObjects objects, Clock clock) {
        this.objects = objects;
        this.clock = clock;
    }

    @Override
    public void reconcile() {
        objects.list(Deployment.class).forEach(this::reconcile);
    }

    private void reconcile(Deployment deployment) {
        List<ReplicaSet> sets = objects.ownedBy(deployment, ReplicaSet.class);
        String hash = hash(deployment);
        if (Boolean.TRUE.equals(deployment.getSpec().getPaused())
                && sets.stream()
                        .noneMatch(
                                set -> hash.equals(set.getMetadata().getLabels().get(HASH_LABEL)))) {
            return; // nothing is rolled out while it is paused
        }
        ReplicaSet current = sets.stream()
                .filter(set -> hash.equals(set.getMetadata().getLabels().get(HASH_LABEL)))
                .findFirst()
                .orElseGet(() -> create(deployment, hash, sets));
        renumber(current, sets);
        int wanted = replicas(deployment);
        scale(current, wanted);
        List<Pod> pods =
                objects.ownedBy(current, Pod.class).stream().filter(Pods::live).toList();
        int ready = (int) pods.stream().filter(Pods::ready).count();
        // maxSurge 100 %, maxUnavailable 0: the old pods go when all of the new ones serve.
        boolean complete = ready >= wanted && pods.size() == wanted;
        List<ReplicaSet> old = sets.stream()
                .filter(set ->
                        !set.getMetadata().getUid().equals(current.getMetadata().getUid()))
                .toList();
        if (complete) {
            old.forEach(set -> scale(set, 0));
        }
        List<Pod> oldPods = old.stream()
                .flatMap(set -> objects.ownedBy(set, Pod.class).stream())
                .filter(Pods::live)
                .toList();
        new DeploymentProgress(deployment, current, clock)
                .status(pods, oldPods, wanted)
                .ifPresent(status -> objects.edit(deployment, latest -> {
                    latest.setStatus(status);
                    annotations(latest).put(REVISION, revision(current));
                }));
    }

    private static Map<String, String> annotations(Deployment deployment) {
        if (deployment.getMetadata().getAnnotations() == null) {
            deployment.getMetadata().setAnnotations(new HashMap<>());
        }
        return deployment.getMetadata().getAnnotations();
    }

    private static String revision(ReplicaSet set) {
        return set.getMetadata().getAnnotations().get(REVISION);
    }

    private static int replicas(Deployment deployment) {
        return deployment.getSpec().getReplicas() == null
                ? 1
                : deployment.getSpec().getReplicas();
    }

    private static String hash(Deployment deployment) {
        Object template =
                TypedObjects.SERIALIZATION.convertValue(deployment.getSpec().getTemplate(), TreeMap.class);
        return Integer.toUnsignedString(sorted(template).toString().hashCode(), 36);
    }

    /** The order in which somebody wrote labels does not make another version. */
    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> result = new TreeMap<>();
            map.forEach((key, each) -> result.put(String.valueOf(key), sorted(each)));
            return result;
        }
        return value instanceof List<?> list
                ? list.stream().map(DeploymentController::sorted).toList()
                : String.valueOf(value);
    }

    /** A version that is rolled out again gets the next number, as "Rolling Back a Deployment" says. */
    private void renumber(ReplicaSet current, List<ReplicaSet> sets) {
        int newest = sets.stream()
                .filter(set ->
                        !set.getMetadata().getUid().equals(current.getMetadata().getUid()))
                .mapToInt(set -> Integer.parseInt(revision(set)))
                .max()
                .orElse(0);
        if (Integer.parseInt(revision(current)) < newest) {
            objects.edit(
                    current, set -> set.getMetadata().getAnnotations().put(REVISION, Integer.toString(newest + 1)));
            current.getMetadata().getAnnotations().put(REVISION, Integer.toString(newest + 1));
        }
    }

    private void scale(ReplicaSet set, int replicas) {
        if (set.getSpec().getReplicas() != replicas) {
            objects.edit(set, current -> current.getSpec().setReplicas(replicas));
        }
    }

    private ReplicaSet create(Deployment deployment, String hash, List<ReplicaSet> sets) {
        int revision = 1
                + sets.stream()
                        .mapToInt(set -> Integer.parseInt(revision(set)))
                        .max()
                        .orElse(0);
        Map<String, String> labels =
                new HashMap<>(deployment.getSpec().getSelector().getMatchLabels());
        labels.put(HASH_LABEL, hash);
        return objects.create(new ReplicaSetBuilder()
                .withNewMetadata()
                .withNamespace(deployment.getMetadata().getNamespace())
                .withName(deployment.getMetadata().getName() + "-" + hash)
                .withLabels(labels)
                .addToAnnotations(REVISION, Integer.toString(revision))
                .withOwnerReferences(TypedObjects.reference(deployment))
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas(deployment))
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withTemplate(deployment.getSpec().getTemplate())
                .endSpec()
                .build());
    }
}
