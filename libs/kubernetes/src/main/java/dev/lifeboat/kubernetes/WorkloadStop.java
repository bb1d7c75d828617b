package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.KubernetesUnavailableException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Takes everything of a namespace that runs out of use, and puts it back. Each write carries the resourceVersion at which the fencing token
 * was compared.
 */
public final class WorkloadStop {
    private final String cluster;
    private final KubernetesClient client;
    private final KubernetesFaults faults;

    WorkloadStop(String cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
        this.faults = new KubernetesFaults(cluster);
    }

    /**
     * What runs in the namespace, and on what scale.
     *
     * @throws KubernetesUnavailableException when the API does not answer
     */
    public List<StoppedWorkload> list(String namespace) {
        return all(namespace).map(WorkloadStop::described).toList();
    }

    /**
     * Scales every Deployment and StatefulSet of the namespace to zero, and suspends its CronJobs.
     *
     * @return how many were changed
     * @throws KubernetesUnavailableException when the API does not answer, or someone else changed one meanwhile
     * @throws FencedOffException when a newer recovery of the same target wrote to one
     */
    public int stop(String namespace, Fence fence) {
        int changed = 0;
        for (HasMetadata each : all(namespace).toList()) {
            fence.compare(cluster, each);
            if (described(each).replicas() != 0) {
                write(each, fence, 0);
                changed++;
            }
        }
        return changed;
    }

    /**
     * Gives each its scale back. One that is not there any more is left out.
     *
     * @return how many were changed
     * @throws KubernetesUnavailableException when the API does not answer, or someone else changed one meanwhile
     * @throws FencedOffException when a newer recovery of the same target wrote to one
     */
    public int start(String namespace, List<StoppedWorkload> stopped, Fence fence) {
        int changed = 0;
        for (HasMetadata each : all(namespace).toList()) {
            fence.compare(cluster, each);
            StoppedWorkload now = described(each);
            for (StoppedWorkload before : stopped) {
                if (before.kind().equals(now.kind())
                        && before.name().equals(now.name())
                        && before.replicas() != now.replicas()) {
                    write(each, fence, before.replicas());
                    changed++;
                }
            }
        }
        return changed;
    }

    private Stream<HasMetadata> all(String namespace) {
        return faults.translating(
                "list the workloads of namespace " + namespace,
                () -> Stream.of(
                                client.apps()
                                        .deployments()
                                        .inNamespace(namespace)
                                        .list()
                                        .getItems(),
                                client.apps()
                                        .statefulSets()
                                        .inNamespace(namespace)
                                        .list()
                                        .getItems(),
                                client.batch()
                                        .v1()
                                        .cronjobs()
                                        .inNamespace(namespace)
                                        .list()
                                        .getItems())
                        .flatMap(List::stream)
                        .map(HasMetadata.class::cast));
    }

    private static StoppedWorkload described(HasMetadata each) {
        int replicas;
        if (each instanceof io.fabric8.kubernetes.api.model.apps.Deployment deployment) {
            replicas = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
        } else if (each instanceof io.fabric8.kubernetes.api.model.apps.StatefulSet set) {
            replicas = Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
        } else {
            replicas = Boolean.TRUE.equals(((io.fabric8.kubernetes.api.model.batch.v1.CronJob) each)
                            .getSpec()
                            .getSuspend())
                    ? 0
                    : 1;
        }
        return new StoppedWorkload(each.getKind(), each.getMetadata().getName(), replicas);
    }

    private void write(HasMetadata each, Fence fence, int replicas) {
        Map<String, Object> spec =
                each.getKind().equals("CronJob") ? Map.of("suspend", replicas == 0) : Map.of("replicas", replicas);
        Map<String, Object> patch = new HashMap<>();
        patch.put(
                "metadata",
                Map.of(
                        "resourceVersion", each.getMetadata().getResourceVersion(),
                        "annotations", fence.annotations()));
        patch.put("spec", spec);
        Resource<HasMetadata> resource = client.resource(each);
        faults.translating(
                "scale " + each.getKind() + " " + each.getMetadata().getNamespace() + "/"
                        + each.getMetadata().getName(),
                () -> resource.patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch)));
    }
}
