package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Pods with a lasting name and a lasting claim each.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/">StatefulSets</a>
 */
final class StatefulSetController implements Controller {
    private final TypedObjects objects;

    StatefulSetController(TypedObjects objects) {
        this.objects = objects;
    }

    @Override
    public void reconcile() {
        objects.list(StatefulSet.class).forEach(this::reconcile);
    }

    private void reconcile(StatefulSet set) {
        int wanted = set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
        List<Pod> pods = objects.ownedBy(set, Pod.class);
        for (int ordinal = 0; ordinal < wanted; ordinal++) {
            String name = set.getMetadata().getName() + "-" + ordinal;
            if (pods.stream().noneMatch(pod -> pod.getMetadata().getName().equals(name))) {
                objects.create(pod(set, name));
            }
        }
        for (Pod pod : pods) {
            if (ordinal(pod) >= wanted && Pods.live(pod)) {
                objects.delete(pod);
            }
        }
        report(set, pods);
    }

    private static int ordinal(Pod pod) {
        String name = pod.getMetadata().getName();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    private Pod pod(StatefulSet set, String name) {
        Pod pod = Pods.of(set, name, set.getSpec().getTemplate(), Map.of("statefulset.kubernetes.io/pod-name", name));
        List<Volume> volumes = new ArrayList<>(pod.getSpec().getVolumes());
        for (PersistentVolumeClaim template : set.getSpec().getVolumeClaimTemplates()) {
            String claim = template.getMetadata().getName() + "-" + name;
            claim(set, template, claim);
            volumes.add(new VolumeBuilder()
                    .withName(template.getMetadata().getName())
                    .withNewPersistentVolumeClaim()
                    .withClaimName(claim)
                    .endPersistentVolumeClaim()
                    .build());
        }
        return pod.edit().editSpec().withVolumes(volumes).endSpec().build();
    }

    private void claim(StatefulSet set, PersistentVolumeClaim template, String name) {
        String namespace = set.getMetadata().getNamespace();
        if (objects.find(PersistentVolumeClaim.class, namespace, name).isEmpty()) {
            objects.create(new PersistentVolumeClaimBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(name)
                    .withLabels(set.getSpec().getSelector().getMatchLabels())
                    .endMetadata()
                    .withSpec(template.getSpec())
                    .withNewStatus()
                    .withPhase("Pending")
                    .endStatus()
                    .build());
        }
    }

    private void report(StatefulSet set, List<Pod> pods) {
        int ready = (int) pods.stream().filter(Pods::ready).count();
        StatefulSetStatus status = new StatefulSetStatusBuilder()
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withReplicas(pods.size())
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .withCurrentReplicas(pods.size())
                .withUpdatedReplicas(pods.size())
                .build();
        if (!status.equals(set.getStatus())) {
            objects.edit(set, current -> current.setStatus(status));
        }
    }
}
