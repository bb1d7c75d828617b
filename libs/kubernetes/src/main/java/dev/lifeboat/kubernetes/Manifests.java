package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Applies objects by server-side apply under the field manager {@code lifeboat}, as {@code kubectl apply --server-side --force-conflicts}
 * does. Follows "Server-Side Apply" of the Kubernetes documentation. An object that is there is written at the resourceVersion at which
 * its fencing token was compared.
 */
public final class Manifests {
    /** Who the API server notes as the owner of what is applied. */
    public static final String FIELD_MANAGER = "lifeboat";

    private final String cluster;
    private final KubernetesClient client;
    private final KubernetesFaults faults;

    Manifests(String cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
        this.faults = new KubernetesFaults(cluster);
    }

    /**
     * Makes the object as it is given, whether it is there or not.
     *
     * @param object changed by this: it gets the fence's annotation, and the resourceVersion of the one that is there
     * @throws KubernetesUnavailableException when the API does not answer, or someone else changed it meanwhile
     * @throws MisconfiguredException when the API server refuses it
     * @throws FencedOffException when a newer recovery of the same target wrote to it
     */
    public void apply(HasMetadata object, Fence fence) {
        String name = object.getKind() + " " + object.getMetadata().getName();
        HasMetadata there =
                faults.translating("read " + name, () -> client.resource(object).get());
        String version = null;
        if (there != null) {
            fence.compare(cluster, there);
            version = there.getMetadata().getResourceVersion();
        }
        Map<String, String> annotations = new HashMap<>();
        if (object.getMetadata().getAnnotations() != null) {
            annotations.putAll(object.getMetadata().getAnnotations());
        }
        annotations.putAll(fence.annotations());
        object.getMetadata().setAnnotations(annotations);
        object.getMetadata().setResourceVersion(version);
        object.getMetadata().setManagedFields(null);
        faults.translating(
                "apply " + name,
                () -> client.resource(object)
                        .fieldManager(FIELD_MANAGER)
                        .forceConflicts()
                        .serverSideApply());
    }

    /**
     * A claim as it is.
     *
     * @param volume the name of the PersistentVolume that it is bound to, for good; empty while it is bound to none
     * @param terminating whether it is being deleted: a pod may still have it
     */
    public record Claim(String volume, boolean terminating) {}

    /**
     * Looks at a claim.
     *
     * @return empty when there is none
     * @throws KubernetesUnavailableException when the API does not answer
     */
    public Optional<Claim> claim(String namespace, String name) {
        return faults.translating(
                "read claim " + namespace + "/" + name,
                () -> Optional.ofNullable(client.persistentVolumeClaims()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                        .map(found -> new Claim(
                                Objects.requireNonNullElse(found.getSpec().getVolumeName(), ""),
                                found.getMetadata().getDeletionTimestamp() != null)));
    }

    /**
     * Takes a StatefulSet's volume away: scales it to zero, and deletes the claim of its first pod. The volume itself stays when its
     * reclaim policy says so.
     *
     * @return whether there was such a claim
     * @throws KubernetesUnavailableException when the API does not answer, or someone else changed it meanwhile
     * @throws FencedOffException when a newer recovery of the same target wrote to the StatefulSet
     */
    public boolean discardClaim(String namespace, String statefulSet, String claim, Fence fence) {
        faults.translating("scale StatefulSet " + namespace + "/" + statefulSet, () -> {
            var set = client.apps().statefulSets().inNamespace(namespace).withName(statefulSet);
            var there = set.get();
            if (there != null) {
                fence.compare(cluster, there);
                there.getSpec().setReplicas(0);
                there.getMetadata().setManagedFields(null);
                client.resource(there).update();
            }
            return null;
        });
        return faults.translating("delete claim " + namespace + "/" + claim, () -> {
            var there = client.persistentVolumeClaims().inNamespace(namespace).withName(claim);
            if (there.get() == null) {
                return false;
            }
            there.delete();
            return true;
        });
    }
}
