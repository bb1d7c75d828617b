package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * As many pods as asked for.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/">ReplicaSets</a>
 */
final class ReplicaSetController implements Controller {
    private final TypedObjects objects;

    ReplicaSetController(TypedObjects objects) {
        this.objects = objects;
    }

    @Override
    public void reconcile() {
        objects.list(ReplicaSet.class).forEach(this::reconcile);
    }

    private void reconcile(ReplicaSet set) {
        int wanted = set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
        List<Pod> pods =
                objects.ownedBy(set, Pod.class).stream().filter(Pods::live).toList();
        Map<String, String> labels = set.getMetadata().getLabels();
        for (int missing = pods.size(); missing < wanted; missing++) {
            String suffix = UUID.randomUUID().toString().substring(0, 5);
            objects.create(Pods.of(
                    set,
                    set.getMetadata().getName() + "-" + suffix,
                    set.getSpec().getTemplate(),
                    labels == null ? Map.of() : labels));
        }
        pods.stream().skip(wanted).forEach(objects::delete);
        int ready = (int) pods.stream().filter(Pods::ready).count();
        ReplicaSetStatus status = new ReplicaSetStatusBuilder()
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withReplicas(pods.size())
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .build();
        if (!status.equals(set.getStatus())) {
            objects.edit(set, current -> current.setStatus(status));
        }
    }
}
