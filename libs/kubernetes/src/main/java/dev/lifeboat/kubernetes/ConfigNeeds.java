package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.kubernetes.WorkloadNeeds.Need;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which ConfigMaps and Secrets the workloads of a namespace name. It reads workloads alone: whoever may list Secrets may read them, and
 * this needs no more than their names.
 */
public final class ConfigNeeds {
    /** Every namespace of every cluster has it. */
    private static final String OF_THE_CLUSTER = "kube-root-ca.crt";

    private final KubernetesClient client;
    private final KubernetesFaults faults;

    ConfigNeeds(String cluster, KubernetesClient client) {
        this.client = client;
        this.faults = new KubernetesFaults(cluster);
    }

    /**
     * Of each Deployment, StatefulSet and CronJob.
     *
     * @throws KubernetesUnavailableException when the API does not answer
     * @throws MisconfiguredException when they may not be listed
     */
    public List<WorkloadNeeds> of(String namespace) {
        return faults.translating(
                "list the workloads in " + namespace,
                () -> Stream.of(
                                client.apps().deployments().inNamespace(namespace).list().getItems().stream()
                                        .map(each -> needs(
                                                each,
                                                each.getSpec().getTemplate().getSpec())),
                                client.apps().statefulSets().inNamespace(namespace).list().getItems().stream()
                                        .map(each -> needs(
                                                each,
                                                each.getSpec().getTemplate().getSpec())),
                                client.batch().v1().cronjobs().inNamespace(namespace).list().getItems().stream()
                                        .map(each -> needs(
                                                each,
                                                each.getSpec()
                                                        .getJobTemplate()
                                                        .getSpec()
                                                        .getTemplate()
                                                        .getSpec())))
                        .flatMap(each -> each)
                        .toList());
    }

    private static WorkloadNeeds needs(HasMetadata workload, PodSpec pod) {
        Map<String, String> images = new LinkedHashMap<>();
        Set<Need> needs = new LinkedHashSet<>();
        for (Container container : containers(pod)) {
            images.put(container.getName(), container.getImage());
            container.getEnv().forEach(variable -> addVariable(variable, needs));
            container.getEnvFrom().forEach(source -> addSource(source, needs));
        }
        pod.getVolumes().forEach(volume -> addVolume(volume, needs));
        pod.getImagePullSecrets().forEach(secret -> add(needs, "Secret", secret.getName(), null, false));
        return new WorkloadNeeds(workload.getKind(), workload.getMetadata().getName(), images, new ArrayList<>(needs));
    }

    private static List<Container> containers(PodSpec pod) {
        return Stream.of(pod.getInitContainers(), pod.getContainers())
                .flatMap(Collection::stream)
                .toList();
    }

    private static void addVariable(EnvVar variable, Set<Need> needs) {
        if (variable.getValueFrom() == null) {
            return;
        }
        var configMap = variable.getValueFrom().getConfigMapKeyRef();
        if (configMap != null) {
            add(needs, "ConfigMap", configMap.getName(), configMap.getKey(), configMap.getOptional());
        }
        var secret = variable.getValueFrom().getSecretKeyRef();
        if (secret != null) {
            add(needs, "Secret", secret.getName(), secret.getKey(), secret.getOptional());
        }
    }

    private static void addSource(EnvFromSource source, Set<Need> needs) {
        if (source.getConfigMapRef() != null) {
            add(
                    needs,
                    "ConfigMap",
                    source.getConfigMapRef().getName(),
                    null,
                    source.getConfigMapRef().getOptional());
        }
        if (source.getSecretRef() != null) {
            add(
                    needs,
                    "Secret",
                    source.getSecretRef().getName(),
                    null,
                    source.getSecretRef().getOptional());
        }
    }

    private static void addVolume(Volume volume, Set<Need> needs) {
        if (volume.getConfigMap() != null) {
            var map = volume.getConfigMap();
            addFiles(needs, "ConfigMap", map.getName(), map.getItems(), map.getOptional());
        }
        if (volume.getSecret() != null) {
            var secret = volume.getSecret();
            addFiles(needs, "Secret", secret.getSecretName(), secret.getItems(), secret.getOptional());
        }
        if (volume.getProjected() != null) {
            volume.getProjected().getSources().forEach(source -> addProjection(source, needs));
        }
    }

    private static void addProjection(VolumeProjection source, Set<Need> needs) {
        if (source.getConfigMap() != null) {
            var map = source.getConfigMap();
            addFiles(needs, "ConfigMap", map.getName(), map.getItems(), map.getOptional());
        }
        if (source.getSecret() != null) {
            var secret = source.getSecret();
            addFiles(needs, "Secret", secret.getName(), secret.getItems(), secret.getOptional());
        }
    }

    private static void addFiles(Set<Need> needs, String kind, String name, List<KeyToPath> items, Boolean optional) {
        if (items == null || items.isEmpty()) {
            add(needs, kind, name, null, optional);
        } else {
            items.forEach(item -> add(needs, kind, name, item.getKey(), optional));
        }
    }

    private static void add(Set<Need> needs, String kind, String name, String key, Boolean optional) {
        if (!Boolean.TRUE.equals(optional) && !OF_THE_CLUSTER.equals(name)) {
            needs.add(new Need(kind, name, key));
        }
    }
}
