package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Deletes what the deleted owned.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/garbage-collection/#owners-dependents">
 *     Owners and dependents</a>
 */
final class GarbageCollector implements Controller {
    private static final List<Class<? extends HasMetadata>> OWNERS =
            List.of(Deployment.class, ReplicaSet.class, StatefulSet.class, CronJob.class, Job.class);
    private static final List<Class<? extends HasMetadata>> OWNED = List.of(ReplicaSet.class, Job.class, Pod.class);

    private final TypedObjects objects;

    GarbageCollector(TypedObjects objects) {
        this.objects = objects;
    }

    @Override
    public void reconcile() {
        // The owned first: an owner that is created in between is then seen with them or not at all.
        List<HasMetadata> owned = OWNED.stream()
                .<HasMetadata>flatMap(type -> objects.list(type).stream())
                .toList();
        Set<String> owners = OWNERS.stream()
                .flatMap(type -> objects.list(type).stream())
                .map(owner -> owner.getMetadata().getUid())
                .collect(Collectors.toSet());
        for (HasMetadata object : owned) {
            boolean orphan = TypedObjects.owner(object)
                    .filter(owner -> !owners.contains(owner.getUid()))
                    .isPresent();
            if (orphan && object.getMetadata().getDeletionTimestamp() == null) {
                objects.delete(object);
            }
        }
    }
}
