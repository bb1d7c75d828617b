package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import io.fabric8.kubernetes.api.model.CSIPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds PostgreSQL behind a Service, as its selector says, without going through the Service's address. */
public final class PostgresPods {
    /** "Parameters" of the EBS CSI driver's documentation. */
    private static final String EBS_DRIVER = "ebs.csi.aws.com";

    private static final Comparator<Pod> OLDEST_FIRST = Comparator.<Pod, String>comparing(
                    // RFC 3339 in UTC sorts as text.
                    pod -> Objects.requireNonNullElse(pod.getMetadata().getCreationTimestamp(), ""))
            .thenComparing(pod -> pod.getMetadata().getName());

    /** A pod that is silent changes with its probes, every few seconds at most. */
    private static final int TURNS = 5;

    private final String cluster;
    private final KubernetesClient client;
    private final KubernetesFaults faults;

    PostgresPods(String cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
        this.faults = new KubernetesFaults(cluster);
    }

    /**
     * Service, selector, newest pod that is not being deleted, its IP, the Service's target port.
     *
     * @throws KubernetesUnavailableException when the API does not answer, or no pod with an address is there now
     * @throws MisconfiguredException when the Service does not exist or has no selector or port
     */
    public PostgresEndpoint locate(String namespace, String service) {
        Service found = service(namespace, service);
        Pod pod = newest(found).orElseThrow(() -> noPod(namespace, service));
        String ip = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        if (ip == null || ip.isBlank()) {
            throw new KubernetesUnavailableException(
                    "PostgreSQL behind Service " + namespace + "/" + service + " in cluster " + cluster
                            + " has no address yet: " + PodStates.of(pod).summary() + ".",
                    "Wait until the pod runs; 'kubectl describe pod -n " + namespace + " "
                            + pod.getMetadata().getName() + "' says what it waits for.");
        }
        return new PostgresEndpoint(
                ip,
                targetPort(found, pod),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid());
    }

    /**
     * The state of the newest pod behind the Service; of one that is being deleted when there is no other.
     *
     * @return empty when the selector finds no pod
     * @throws KubernetesUnavailableException when the API does not answer
     * @throws MisconfiguredException when the Service does not exist or has no selector
     */
    public Optional<PodState> state(String namespace, String service) {
        Service found = service(namespace, service);
        return newest(found).or(() -> pods(found).stream().max(OLDEST_FIRST)).map(PodStates::of);
    }

    /**
     * The PersistentVolumeClaims that the pod of {@link #state} names, in its order.
     *
     * @return empty when the selector finds no pod, or the pod names none
     * @throws KubernetesUnavailableException when the API does not answer
     * @throws MisconfiguredException when the Service does not exist or has no selector, or claims may not be read
     */
    public List<ClaimState> claims(String namespace, String service) {
        Service found = service(namespace, service);
        return newest(found).or(() -> pods(found).stream().max(OLDEST_FIRST)).stream()
                .flatMap(pod -> pod.getSpec().getVolumes().stream())
                .map(Volume::getPersistentVolumeClaim)
                .filter(Objects::nonNull)
                .map(volume -> claim(namespace, volume.getClaimName()))
                .toList();
    }

    /**
     * The EBS volume behind a PersistentVolume.
     *
     * @param name of the PersistentVolume
     * @return its id, {@code vol-…}; empty when there is no such PersistentVolume, or another driver's is behind it
     * @throws KubernetesUnavailableException when the API does not answer
     * @throws MisconfiguredException when PersistentVolumes may not be read
     */
    public Optional<String> ebsVolume(String name) {
        PersistentVolume found = faults.translating(
                "read PersistentVolume " + name,
                () -> client.persistentVolumes().withName(name).get());
        return Optional.ofNullable(found)
                .map(PersistentVolume::getSpec)
                .map(PersistentVolumeSpec::getCsi)
                .filter(source -> EBS_DRIVER.equals(source.getDriver()))
                .map(CSIPersistentVolumeSource::getVolumeHandle);
    }

    private ClaimState claim(String namespace, String name) {
        PersistentVolumeClaim found = faults.translating(
                "read PersistentVolumeClaim " + namespace + "/" + name,
                () -> client.persistentVolumeClaims()
                        .inNamespace(namespace)
                        .withName(name)
                        .get());
        return ClaimState.of(name, found);
    }

    /**
     * Deletes a pod so that its controller makes a new one; only this very pod, never a later one of the same name. A
     * second call changes nothing.
     *
     * @param uid of the pod that was seen
     * @param fence written to the pod first, and the pod deleted just as it is then
     * @return whether this call deleted it; false when it is gone, or replaced by another already
     * @throws dev.lifeboat.contract.error.FencedOffException when a newer recovery wrote to it
     * @throws KubernetesUnavailableException when the API does not answer, or the pod changes all the time
     */
    public boolean deletePod(String namespace, String pod, String uid, Fence fence) {
        return faults.translating("delete pod " + namespace + "/" + pod, () -> {
            for (int turn = 1; ; turn++) {
                Pod current = client.pods().inNamespace(namespace).withName(pod).get();
                if (current == null || !uid.equals(current.getMetadata().getUid())) {
                    return false;
                }
                fence.compare(cluster, current);
                try {
                    Pod marked = mark(current, fence);
                    if (marked != null) {
                        delete(marked);
                        return true;
                    }
                } catch (KubernetesClientException e) {
                    // Its kubelet writes to a pod as well, and the next look tells who it was.
                    if (e.getCode() != 404 && (e.getCode() != 409 || turn == TURNS)) {
                        throw e;
                    }
                }
            }
        });
    }

    private Pod mark(Pod pod, Fence fence) {
        ObjectMeta metadata = pod.getMetadata();
        String patch = Serialization.asJson(Map.of(
                "metadata",
                Map.of("resourceVersion", metadata.getResourceVersion(), "annotations", fence.annotations())));
        return client.pods()
                .inNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private void delete(Pod marked) {
        ObjectMeta metadata = marked.getMetadata();
        DeleteOptions options = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .endPreconditions()
                .build();
        // The typed calls know no precondition of uid.
        client.raw("/api/v1/namespaces/" + metadata.getNamespace() + "/pods/" + metadata.getName(), "DELETE", options);
    }

    private Service service(String namespace, String name) {
        Service found = faults.translating(
                "read Service " + namespace + "/" + name,
                () -> client.services().inNamespace(namespace).withName(name).get());
        if (found == null) {
            throw faults.missing(
                    "Service " + namespace + "/" + name,
                    "Set the target's 'postgresService' to the Service in front of PostgreSQL.");
        }
        if (found.getSpec() == null
                || found.getSpec().getSelector() == null
                || found.getSpec().getSelector().isEmpty()) {
            throw new MisconfiguredException(
                    "Service " + namespace + "/" + name + " in cluster " + cluster
                            + " has no selector, so no pod can be found by it.",
                    "Name a Service that selects PostgreSQL's pod.");
        }
        return found;
    }

    private List<Pod> pods(Service service) {
        String namespace = service.getMetadata().getNamespace();
        return faults.translating(
                "list pods of namespace " + namespace,
                () -> client.pods()
                        .inNamespace(namespace)
                        .withLabels(service.getSpec().getSelector())
                        .list()
                        .getItems());
    }

    private Optional<Pod> newest(Service service) {
        return pods(service).stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .max(OLDEST_FIRST);
    }

    private KubernetesUnavailableException noPod(String namespace, String service) {
        return new KubernetesUnavailableException(
                "No pod of PostgreSQL is behind Service " + namespace + "/" + service + " in cluster " + cluster + ".",
                "Wait for the StatefulSet to make one; 'kubectl get statefulset,pod -n " + namespace
                        + "' says how many it wants.");
    }

    private int targetPort(Service service, Pod pod) {
        ServicePort port = postgresPort(service);
        IntOrString target = port.getTargetPort();
        if (target == null) {
            return port.getPort();
        }
        if (target.getIntVal() != null && target.getIntVal() > 0) {
            return target.getIntVal();
        }
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(candidate -> target.getStrVal().equals(candidate.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow(() -> new MisconfiguredException(
                        "Service " + name(service) + " targets port '" + target.getStrVal() + "', which no container"
                                + " of pod " + pod.getMetadata().getName() + " names.",
                        "Name the container's port, or set a number as targetPort."));
    }

    private ServicePort postgresPort(Service service) {
        List<ServicePort> ports = service.getSpec().getPorts();
        return ports.stream()
                .filter(port -> Objects.equals(port.getPort(), 5432))
                .findFirst()
                .or(() -> ports.stream().findFirst())
                .orElseThrow(() -> new MisconfiguredException(
                        "Service " + name(service) + " in cluster " + cluster + " has no port.",
                        "Give it PostgreSQL's port, 5432."));
    }

    private static String name(Service service) {
        return service.getMetadata().getNamespace() + "/"
                + service.getMetadata().getName();
    }
}
