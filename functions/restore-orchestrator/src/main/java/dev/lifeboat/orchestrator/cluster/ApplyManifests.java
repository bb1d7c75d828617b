package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.contract.backup.ConfigBackup;
import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.Fence;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.Manifests;
import dev.lifeboat.orchestrator.cluster.ClusterRequest.Part;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Applied;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.ClusterResults.VolumeBrought;
import dev.lifeboat.orchestrator.cluster.ClusterResults.VolumeDiscarded;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Brings the application's objects into a cluster. Harmless to repeat, from the first object on. */
final class ApplyManifests {
    private final Function<String, ClusterConnection> clusters;
    private final Function<String, ConfigBackup> backups;
    private final Supplier<List<HasMetadata>> manifests;
    private final Function<String, Optional<RebuildRecord>> records;
    private final Consumer<RecoveryScope> lease;

    /**
     * @param backups gives what was recorded in the backup of an id
     * @param manifests in their order, new ones each time
     * @param records says how far a target's rebuild is; empty before it was begun
     * @param lease throws when the lease is not the scope's any more
     */
    ApplyManifests(
            Function<String, ClusterConnection> clusters,
            Function<String, ConfigBackup> backups,
            Supplier<List<HasMetadata>> manifests,
            Function<String, Optional<RebuildRecord>> records,
            Consumer<RecoveryScope> lease) {
        this.clusters = clusters;
        this.backups = backups;
        this.manifests = manifests;
        this.records = records;
        this.lease = lease;
    }

    /**
     * @throws MisconfiguredException when the manifests are of another namespace than the target's, or are refused
     * @throws KubernetesUnavailableException when the API does not answer, or an earlier volume's claim is still being deleted
     */
    Applied apply(ClusterRequest.Apply request) {
        lease.accept(request.scope());
        ConfigBackup recorded = backups.apply(request.configBackup());
        List<HasMetadata> bundled = manifests.get();
        requireNamespace(bundled, request.scope().target().namespace());
        Fence fence = fence(request.scope());
        try (KubernetesAccess access = open(request.generation())) {
            VolumeBrought volume = request.part() == Part.BASE ? volume(access, request, fence) : null;
            ManifestPlan.Planned planned = ManifestPlan.of(bundled, recorded, request.part(), volume);
            planned.objects().forEach(object -> access.manifests().apply(object, fence));
            return new Applied(planned.objects().size(), planned.images());
        }
    }

    /**
     * A claim is bound to one volume for good. One that an earlier recovery has brought, or that came up empty, gives way to the newer
     * copy, and stays; but what is there once the old cluster is out of use is what users have.
     */
    private VolumeBrought volume(KubernetesAccess access, ClusterRequest.Apply request, Fence fence) {
        String namespace = request.scope().target().namespace();
        Bundle.Database database = Bundle.database();
        Optional<Manifests.Claim> claim = access.manifests().claim(namespace, database.claim());
        boolean other = request.volume() != null
                && claim.filter(each -> !each.volume().isEmpty()
                                && !each.volume().equals(ManifestPlan.volumeName(request.volume())))
                        .isPresent();
        if (other
                && records.apply(request.scope().target().name())
                        .filter(RebuildRecord::hasPutOutOfUse)
                        .isPresent()) {
            return null;
        }
        if (other) {
            access.manifests().discardClaim(namespace, database.set(), database.claim(), fence);
            claim = access.manifests().claim(namespace, database.claim());
        }
        if (claim.filter(each -> each.terminating() || other).isPresent()) {
            throw new KubernetesUnavailableException(
                    "Claim " + namespace + "/" + database.claim() + " of an earlier volume is still being deleted.",
                    "It goes with the pod that has it; it is tried again.");
        }
        return request.volume();
    }

    VolumeDiscarded discard(RecoveryScope scope, Generation generation) {
        lease.accept(scope);
        Bundle.Database database = Bundle.database();
        try (KubernetesAccess access = open(generation)) {
            boolean deleted = access.manifests()
                    .discardClaim(scope.target().namespace(), database.set(), database.claim(), fence(scope));
            return new VolumeDiscarded(database.claim(), deleted);
        }
    }

    private static void requireNamespace(List<HasMetadata> objects, String namespace) {
        List<String> names = objects.stream()
                .filter(Namespace.class::isInstance)
                .map(each -> each.getMetadata().getName())
                .toList();
        if (!names.contains(namespace)) {
            throw new MisconfiguredException(
                    "The manifests of k8s/ make namespaces " + names + ", and the target's is '" + namespace + "'.",
                    "Render k8s/ for the target's namespace, build and deploy.");
        }
    }

    private static Fence fence(RecoveryScope scope) {
        return new Fence(scope.target().name(), scope.token());
    }

    private KubernetesAccess open(Generation generation) {
        return KubernetesAccess.open(clusters.apply(generation.cluster()));
    }
}
