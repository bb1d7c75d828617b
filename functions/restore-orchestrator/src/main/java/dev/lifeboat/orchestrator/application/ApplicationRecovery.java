package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.Fence;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.LoadBalancerAddress;
import dev.lifeboat.kubernetes.Restart;
import dev.lifeboat.kubernetes.RollBack;
import dev.lifeboat.kubernetes.WorkloadState;
import dev.lifeboat.orchestrator.application.ApplicationResults.Deployment;
import dev.lifeboat.orchestrator.application.ApplicationResults.Health;
import dev.lifeboat.orchestrator.application.ApplicationResults.Restarted;
import dev.lifeboat.orchestrator.application.ApplicationResults.RolledBackAll;
import dev.lifeboat.orchestrator.application.ApplicationResults.Rollout;
import dev.lifeboat.orchestrator.application.ApplicationResults.Verified;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Brings the target's applications onto the recovered database, and looks whether they are well. */
final class ApplicationRecovery {
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(10);

    private final Function<String, ClusterConnection> clusters;
    private final Consumer<RecoveryScope> lease;
    private final Clock clock;

    /** @param lease throws when the lease is not the scope's any more */
    ApplicationRecovery(Function<String, ClusterConnection> clusters, Consumer<RecoveryScope> lease, Clock clock) {
        this.clusters = clusters;
        this.lease = lease;
        this.clock = clock;
    }

    /** @throws dev.lifeboat.contract.error.FencedOffException when a newer recovery owns the target, or has restarted them */
    Restarted restart(RecoveryScope scope) {
        return restart(scope, scope.target().deployments());
    }

    /** As {@link #restart(RecoveryScope)}, of some of them. */
    Restarted restart(RecoveryScope scope, List<String> deployments) {
        lease.accept(scope);
        Target target = scope.target();
        Restart restart = new Restart(scope.incident(), target.name(), scope.token(), clock.instant());
        try (KubernetesAccess access = open(target)) {
            raiseFence(access, scope);
            return new Restarted(deployments.stream()
                    .map(name -> new Deployment(name, access.workloads().restart(target.namespace(), name, restart)))
                    .toList());
        }
    }

    /**
     * @throws dev.lifeboat.contract.error.FencedOffException when a newer recovery owns the target, or has written to them
     * @throws dev.lifeboat.contract.error.RolloutFailedException when one is paused, or keeps the revision no more
     */
    RolledBackAll rollBack(RecoveryScope scope, List<RollBackTo> rollBacks) {
        lease.accept(scope);
        Target target = scope.target();
        Fence fence = new Fence(target.name(), scope.token());
        List<RollBack> all = rollBacks.stream()
                .map(to ->
                        new RollBack(scope.incident(), fence, to.deployment(), to.fromFingerprint(), to.fingerprint()))
                .toList();
        try (KubernetesAccess access = open(target)) {
            // All of a release, or none of it: half of one is a version that never ran.
            all.forEach(each -> access.rollOuts().requirePossible(target.namespace(), each));
            raiseFence(access, scope);
            return new RolledBackAll(all.stream()
                    .map(each -> access.rollOuts().rollBack(target.namespace(), each))
                    .toList());
        }
    }

    /** @throws dev.lifeboat.contract.error.FencedOffException when a newer recovery has written to them */
    Verified verify(RecoveryScope scope, Instant wellSince) {
        List<WorkloadState> states;
        try (KubernetesAccess access = open(scope.target())) {
            requireFence(access, scope);
            states = scope.target().deployments().stream()
                    .map(name -> access.rollOuts().state(scope.target().namespace(), name))
                    .toList();
        }
        return new VerifyApplication(scope.target().policy(), clock.instant())
                .judge(states, checkHealth(scope.target()), wellSince);
    }

    /** @throws dev.lifeboat.contract.error.FencedOffException when a newer recovery has restarted them */
    Rollout rolloutStatus(RecoveryScope scope) {
        Target target = scope.target();
        try (KubernetesAccess access = open(target)) {
            requireFence(access, scope);
            return Rollout.of(target.deployments().stream()
                    .map(name -> access.workloads().rolloutStatus(target.namespace(), name))
                    .toList());
        }
    }

    Health checkHealth(Target target) {
        return new HealthChecks(HEALTH_TIMEOUT).check(target.healthUrls());
    }

    /**
     * Neither hostname nor IP when the target names no load balancer.
     *
     * @throws dev.lifeboat.contract.error.FencedOffException when a newer recovery has restarted the Deployments
     */
    LoadBalancerAddress findLoadBalancer(RecoveryScope scope) {
        Target target = scope.target();
        if (target.loadBalancer() == null) {
            return new LoadBalancerAddress(null, null);
        }
        try (KubernetesAccess access = open(target)) {
            requireFence(access, scope);
            return access.loadBalancers()
                    .find(
                            target.loadBalancer().namespace(),
                            target.loadBalancer().name());
        }
    }

    /** Of all of them: an older recovery may have found others to be at fault, or the same one that is as it should be by now. */
    private static void raiseFence(KubernetesAccess access, RecoveryScope scope) {
        Target target = scope.target();
        Fence fence = new Fence(target.name(), scope.token());
        target.deployments().forEach(name -> access.workloads().raiseFence(target.namespace(), name, fence));
    }

    private static void requireFence(KubernetesAccess access, RecoveryScope scope) {
        Target target = scope.target();
        Fence fence = new Fence(target.name(), scope.token());
        target.deployments().forEach(name -> access.workloads().requireFence(target.namespace(), name, fence));
    }

    private KubernetesAccess open(Target target) {
        return KubernetesAccess.open(clusters.apply(target.cluster()));
    }
}
