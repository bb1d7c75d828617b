package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.contract.backup.ConfigBackup;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.Fence;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Applied;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.ClusterResults.VolumeDiscarded;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Brings the application's objects into a cluster. Harmless to repeat, from the first object on. */
final class ApplyManifests {
    private final Function<String, ClusterConnection> clusters;
    private final Function<String, ConfigBackup> backups;
    private final Supplier<List<HasMetadata>> manifests;
    private final Consumer<RecoveryScope> lease;

    /**
     * @param backups gives what was recorded in the backup of an id
     * @param manifests in their order, new ones each time
     * @param lease throws when the lease is not the scope's any more
     */
    ApplyManifests(
            Function<String, ClusterConnection> clusters,
            Function<String, ConfigBackup> backups,
            Supplier<List<HasMetadata>> manifests,
            Consumer<RecoveryScope> lease) {
        this.clusters = clusters;
        this.backups = backups;
        this.manifests = manifests;
        this.lease = lease;
    }

    /** @throws MisconfiguredException when the manifests are of another namespace than the target's, or are refused */
    Applied apply(ClusterRequest.Apply request) {
        lease.accept(request.scope());
        ConfigBackup recorded = backups.apply(request.configBackup());
        List<HasMetadata> bundled = manifests.get();
        requireNamespace(bundled, request.scope().target().namespace());
        ManifestPlan.Planned planned = ManifestPlan.of(bundled, recorded, request.part(), request.volume());
        Fence fence = fence(request.scope());
        try (KubernetesAccess access = open(request.generation())) {
            planned.objects().forEach(object -> access.manifests().apply(object, fence));
        }
        return new Applied(planned.objects().size(), planned.images());
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
