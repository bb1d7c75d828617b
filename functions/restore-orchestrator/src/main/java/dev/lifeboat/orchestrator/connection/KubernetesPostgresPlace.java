package dev.lifeboat.orchestrator.connection;

import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClaimState;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.Fence;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.LastTakeOver;
import dev.lifeboat.kubernetes.PodState;
import dev.lifeboat.kubernetes.PostgresEndpoint;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks the cluster anew each time: a pod's address changes with the pod. */
public final class KubernetesPostgresPlace implements PostgresPlace {
    private final Function<String, ClusterConnection> clusters;

    /** @param clusters finds a cluster by its name */
    public KubernetesPostgresPlace(Function<String, ClusterConnection> clusters) {
        this.clusters = clusters;
    }

    @Override
    public PostgresEndpoint locate(Target target) {
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(target.cluster()))) {
            return access.postgres().locate(target.namespace(), target.postgresService());
        }
    }

    @Override
    public Optional<PodState> pod(Target target) {
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(target.cluster()))) {
            return access.postgres().state(target.namespace(), target.postgresService());
        }
    }

    @Override
    public List<ClaimState> claims(Target target) {
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(target.cluster()))) {
            return access.postgres().claims(target.namespace(), target.postgresService());
        }
    }

    @Override
    public Optional<String> ebsVolume(Target target, String volume) {
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(target.cluster()))) {
            return access.postgres().ebsVolume(volume);
        }
    }

    @Override
    public Optional<LastTakeOver> lastTakeOver(Target target) {
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(target.cluster()))) {
            return access.instances().lastTakeOver(target.namespace(), target.postgresService());
        }
    }

    @Override
    public boolean deletePod(Target target, String pod, String uid, long token) {
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(target.cluster()))) {
            return access.postgres().deletePod(target.namespace(), pod, uid, new Fence(target.name(), token));
        }
    }
}
