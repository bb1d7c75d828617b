package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.contract.backup.ConfigBackup;
import dev.lifeboat.contract.backup.ConfigObject;
import dev.lifeboat.contract.backup.ConfigWorkload;
import dev.lifeboat.orchestrator.cluster.ClusterRequest.Part;
import dev.lifeboat.orchestrator.cluster.ClusterResults.VolumeBrought;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is applied, in order: the manifests of {@code k8s/}, with the ConfigMaps, Secrets, images and scales that were recorded in their
 * place. Pure.
 */
final class ManifestPlan {
    private static final String DRIVER = "ebs.csi.aws.com";
    private static final String ZONE = "topology.ebs.csi.aws.com/zone";
    private static final String OF_SERVICE_ACCOUNT = "kubernetes.io/service-account-token";
    private static final String ROOT_CA = "kube-root-ca.crt";

    private final ConfigBackup recorded;
    private int images;

    private ManifestPlan(ConfigBackup recorded) {
        this.recorded = recorded;
    }

    /**
     * The plan.
     *
     * @param objects in the order in which they are applied
     * @param images how many containers got the image that was recorded
     */
    record Planned(List<HasMetadata> objects, int images) {}

    /**
     * @param manifests of the bundle; they are changed
     * @param volume for PostgreSQL; null for an empty one
     */
    static Planned of(List<HasMetadata> manifests, ConfigBackup recorded, Part part, VolumeBrought volume) {
        return new ManifestPlan(recorded).plan(manifests, part, volume);
    }

    private Planned plan(List<HasMetadata> manifests, Part part, VolumeBrought volume) {
        manifests.forEach(this::asRecorded);
        if (part == Part.BACKUPS) {
            return new Planned(
                    manifests.stream().filter(CronJob.class::isInstance).toList(), images);
        }
        Map<String, HasMetadata> configuration = configuration();
        List<HasMetadata> first = new ArrayList<>();
        List<HasMetadata> rest = new ArrayList<>();
        for (HasMetadata object : manifests) {
            if (object instanceof Namespace) {
                first.add(object);
            } else if (!(object instanceof CronJob) && !configuration.containsKey(key(object))) {
                if (volume != null && object instanceof StatefulSet set) {
                    rest.addAll(volume(set, volume));
                }
                rest.add(object);
            }
        }
        first.addAll(configuration.values());
        first.addAll(rest);
        return new Planned(first, images);
    }

    /** What was recorded comes before all that reads it. */
    private Map<String, HasMetadata> configuration() {
        Map<String, HasMetadata> objects = new LinkedHashMap<>();
        for (ConfigObject each : recorded.objects()) {
            HasMetadata object = Bundle.KUBERNETES.unmarshal(each.content().toString());
            if (!isMadeByTheCluster(object)) {
                object.getMetadata().setNamespace(recorded.namespace());
                objects.put(key(object), object);
            }
        }
        return objects;
    }

    private static boolean isMadeByTheCluster(HasMetadata object) {
        return (object instanceof Secret secret && OF_SERVICE_ACCOUNT.equals(secret.getType()))
                || (object instanceof ConfigMap
                        && ROOT_CA.equals(object.getMetadata().getName()));
    }

    private static String key(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }

    private void asRecorded(HasMetadata object) {
        Optional<ConfigWorkload> workload = recorded.workloads().stream()
                .filter(each -> each.kind().toString().equals(object.getKind())
                        && each.name().equals(object.getMetadata().getName()))
                .findFirst();
        if (workload.isEmpty()) {
            return;
        }
        if (object instanceof Deployment deployment) {
            deployment.getSpec().setReplicas(workload.get().replicas());
            images(deployment.getSpec().getTemplate().getSpec(), workload.get());
        } else if (object instanceof StatefulSet set) {
            // None of the database that was recorded means that another instance was the live one; here there is no
            // other.
            set.getSpec().setReplicas(Math.max(1, workload.get().replicas()));
            images(set.getSpec().getTemplate().getSpec(), workload.get());
        } else if (object instanceof CronJob job) {
            images(job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec(), workload.get());
        }
    }

    private void images(PodSpec pod, ConfigWorkload workload) {
        List<Container> all = new ArrayList<>(pod.getContainers());
        all.addAll(pod.getInitContainers());
        for (Container container : all) {
            String image = workload.containers().get(container.getName());
            if (image != null) {
                container.setImage(image);
                images++;
            }
        }
    }

    /** The name of the PersistentVolume that a volume is brought in as. */
    static String volumeName(VolumeBrought volume) {
        return "lifeboat-" + volume.volume();
    }

    /** The volume and the claim that the StatefulSet's pod then finds, bound to each other alone. */
    private static List<HasMetadata> volume(StatefulSet set, VolumeBrought volume) {
        PersistentVolumeClaim template = set.getSpec().getVolumeClaimTemplates().get(0);
        String namespace = set.getMetadata().getNamespace();
        String claim =
                template.getMetadata().getName() + "-" + set.getMetadata().getName() + "-0";
        String storageClass = Objects.requireNonNullElse(template.getSpec().getStorageClassName(), "");
        String name = volumeName(volume);
        Map<String, Quantity> size = Map.of("storage", new Quantity(volume.gibibytes() + "Gi"));
        return List.of(
                new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withCapacity(size)
                        .withAccessModes(template.getSpec().getAccessModes())
                        .withPersistentVolumeReclaimPolicy("Retain")
                        .withStorageClassName(storageClass)
                        .withNewClaimRef()
                        .withApiVersion("v1")
                        .withKind("PersistentVolumeClaim")
                        .withNamespace(namespace)
                        .withName(claim)
                        .endClaimRef()
                        .withNewCsi()
                        .withDriver(DRIVER)
                        .withVolumeHandle(volume.volume())
                        .withFsType("ext4")
                        .endCsi()
                        .withNewNodeAffinity()
                        .withNewRequired()
                        .addNewNodeSelectorTerm()
                        .addNewMatchExpression()
                        .withKey(ZONE)
                        .withOperator("In")
                        .withValues(volume.zone())
                        .endMatchExpression()
                        .endNodeSelectorTerm()
                        .endRequired()
                        .endNodeAffinity()
                        .endSpec()
                        .build(),
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(claim)
                        .withNamespace(namespace)
                        .withLabels(set.getSpec().getSelector().getMatchLabels())
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes(template.getSpec().getAccessModes())
                        .withStorageClassName(storageClass)
                        .withVolumeName(name)
                        .withNewResources()
                        .withRequests(size)
                        .endResources()
                        .endSpec()
                        .build());
    }
}
