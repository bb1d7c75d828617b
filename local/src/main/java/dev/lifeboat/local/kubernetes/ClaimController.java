package dev.lifeboat.local.kubernetes;

import dev.lifeboat.local.storage.BlockVolume;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatusBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;

/**
 * Binds claims to volumes: to the one that was made for it, else to a new one of the cloud's. Without a cloud each claim is bound,
 * to a directory of its own. Volumes are never deleted: the application's StorageClass retains.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reserving-a-persistentvolume">Reserving a
 *     PersistentVolume</a>
 * @see <a href="https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md">EBS CSI driver, tags</a>
 */
final class ClaimController implements Controller {
    private final TypedObjects objects;
    private final Nodes nodes;
    private final CloudCluster cloud;

    /** @param cloud null for none */
    ClaimController(TypedObjects objects, Nodes nodes, CloudCluster cloud) {
        this.objects = objects;
        this.nodes = nodes;
        this.cloud = cloud;
    }

    @Override
    public void reconcile() {
        for (PersistentVolumeClaim claim : objects.list(PersistentVolumeClaim.class)) {
            if (claim.getStatus() == null || !"Bound".equals(claim.getStatus().getPhase())) {
                bind(claim);
            }
        }
        if (cloud != null) {
            objects.list(PersistentVolume.class).forEach(this::release);
        }
    }

    private void bind(PersistentVolumeClaim claim) {
        if (cloud == null) {
            bound(claim, null);
            return;
        }
        Optional<PersistentVolume> reserved = objects.list(PersistentVolume.class).stream()
                .filter(volume -> isFor(volume, claim))
                .findFirst();
        // A pod has to wait for nodes anyway: volumeBindingMode WaitForFirstConsumer.
        if (reserved.isEmpty() && !nodes.anyReady()) {
            return;
        }
        PersistentVolume volume = reserved.orElseGet(() -> provision(claim));
        objects.edit(volume, current -> {
            ObjectReference reference = current.getSpec().getClaimRef();
            reference.setUid(claim.getMetadata().getUid());
            current.setStatus(
                    new PersistentVolumeStatusBuilder().withPhase("Bound").build());
        });
        bound(claim, volume.getMetadata().getName());
    }

    private static boolean isFor(PersistentVolume volume, PersistentVolumeClaim claim) {
        ObjectReference reference = volume.getSpec().getClaimRef();
        return reference != null
                && claim.getMetadata().getNamespace().equals(reference.getNamespace())
                && claim.getMetadata().getName().equals(reference.getName())
                && (reference.getUid() == null
                        || reference.getUid().equals(claim.getMetadata().getUid()));
    }

    private PersistentVolume provision(PersistentVolumeClaim claim) {
        String name = "pvc-" + claim.getMetadata().getUid();
        String namespace = claim.getMetadata().getNamespace();
        String zone = nodes.zone();
        Quantity size = claim.getSpec().getResources() == null
                ? new Quantity("1Gi")
                : claim.getSpec().getResources().getRequests().getOrDefault("storage", new Quantity("1Gi"));
        long bytes = Quantity.getAmountInBytes(size).longValueExact();
        BlockVolume made = cloud.storage()
                .createVolume(
                        zone,
                        (int) Math.max(1, (bytes + (1L << 30) - 1) >> 30),
                        "",
                        Map.of(
                                "kubernetes.io/created-for/pvc/name",
                                claim.getMetadata().getName(),
                                "kubernetes.io/created-for/pvc/namespace",
                                namespace,
                                "kubernetes.io/created-for/pv/name",
                                name,
                                "KubernetesCluster",
                                cloud.name(),
                                "ebs.csi.aws.com/cluster",
                                "true"),
                        name);
        return objects.create(new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withCapacity(Map.of("storage", size))
                .withAccessModes(claim.getSpec().getAccessModes())
                .withPersistentVolumeReclaimPolicy("Retain")
                .withStorageClassName(claim.getSpec().getStorageClassName())
                .withNewClaimRef()
                .withKind("PersistentVolumeClaim")
                .withNamespace(namespace)
                .withName(claim.getMetadata().getName())
                .endClaimRef()
                .withNewCsi()
                .withDriver("ebs.csi.aws.com")
                .withVolumeHandle(made.id())
                .endCsi()
                .endSpec()
                .build());
    }

    private void bound(PersistentVolumeClaim claim, String volume) {
        objects.edit(claim, current -> {
            if (volume != null) {
                current.getSpec().setVolumeName(volume);
            }
            current.setStatus(
                    new PersistentVolumeClaimStatusBuilder().withPhase("Bound").build());
        });
    }

    /** A volume whose claim is gone is nobody's, and nobody else gets it. */
    private void release(PersistentVolume volume) {
        ObjectReference reference = volume.getSpec().getClaimRef();
        if (volume.getStatus() == null || !"Bound".equals(volume.getStatus().getPhase())) {
            return;
        }
        boolean claimed = objects.find(PersistentVolumeClaim.class, reference.getNamespace(), reference.getName())
                .filter(claim -> claim.getMetadata().getUid().equals(reference.getUid()))
                .isPresent();
        if (!claimed) {
            objects.edit(
                    volume,
                    current -> current.setStatus(new PersistentVolumeStatusBuilder()
                            .withPhase("Released")
                            .build()));
        }
    }
}
