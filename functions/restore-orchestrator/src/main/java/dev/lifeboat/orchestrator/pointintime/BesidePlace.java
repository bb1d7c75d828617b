package dev.lifeboat.orchestrator.pointintime;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClaimState;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.Fence;
import dev.lifeboat.kubernetes.InstanceState;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.LastTakeOver;
import dev.lifeboat.kubernetes.PodState;
import dev.lifeboat.kubernetes.PostgresEndpoint;
import dev.lifeboat.orchestrator.connection.PostgresPlace;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The instance that a recovery has made beside the live one, as Kubernetes says now. Its name is that of the live StatefulSet with the
 * recovery's token: the same recovery finds it again, and no other one takes it for its own.
 */
public final class BesidePlace implements PostgresPlace {
    private static final String INFIX = "-pit-";

    private final Function<String, ClusterConnection> clusters;
    private final RecoveryScope scope;

    /** @param clusters finds a cluster by its name */
    public BesidePlace(Function<String, ClusterConnection> clusters, RecoveryScope scope) {
        this.clusters = clusters;
        this.scope = scope;
    }

    /** The instance's name. */
    public String name() {
        return with(access -> name(access, scope));
    }

    static String name(KubernetesAccess access, RecoveryScope scope) {
        Target target = scope.target();
        String live = access.instances().live(target.namespace(), target.postgresService());
        return live.replaceFirst(INFIX + "[0-9]+$", "") + INFIX + scope.token();
    }

    /** Its state; empty when there is no such instance. */
    public Optional<InstanceState> state() {
        return with(access -> access.instances().state(scope.target().namespace(), name(access, scope)));
    }

    @Override
    public PostgresEndpoint locate(Target target) {
        InstanceState state = state().orElse(null);
        if (state == null || state.endpoint() == null) {
            throw new KubernetesUnavailableException(
                    "The instance beside the live one of target " + target.name() + " has no address yet: "
                            + (state == null || state.pod() == null
                                    ? "it has no pod"
                                    : state.pod().summary())
                            + ".",
                    "Wait until its pod runs; 'kubectl get statefulset,pod -n " + target.namespace() + "' shows it.");
        }
        return state.endpoint();
    }

    @Override
    public Optional<PodState> pod(Target target) {
        return state().map(InstanceState::pod);
    }

    @Override
    public List<ClaimState> claims(Target target) {
        return List.of();
    }

    @Override
    public Optional<String> ebsVolume(Target target, String volume) {
        return Optional.empty();
    }

    @Override
    public Optional<LastTakeOver> lastTakeOver(Target target) {
        return Optional.empty();
    }

    @Override
    public boolean deletePod(Target target, String pod, String uid, long token) {
        return with(
                access -> access.postgres().deletePod(target.namespace(), pod, uid, new Fence(target.name(), token)));
    }

    private <T> T with(Function<KubernetesAccess, T> call) {
        try (KubernetesAccess access =
                KubernetesAccess.open(clusters.apply(scope.target().cluster()))) {
            return call.apply(access);
        }
    }
}
