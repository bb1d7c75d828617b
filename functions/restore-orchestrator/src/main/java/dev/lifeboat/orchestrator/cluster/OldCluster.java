package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.contract.error.KubernetesUnavailableException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.Fence;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.LoadBalancerAddress;
import dev.lifeboat.kubernetes.StoppedWorkload;
import dev.lifeboat.orchestrator.cluster.ClusterResults.FencedHow;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.ClusterResults.OldFenced;
import dev.lifeboat.orchestrator.cluster.RebuildRecord.OpenRules;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Keeps the old cluster from taking writes, and lets it take them again. What it was is noted before anything is changed, and once: a
 * second look would find it half changed.
 */
final class OldCluster {
    private static final Logger LOG = Logger.getLogger(OldCluster.class);

    private final EksView eks;
    private final Function<String, ClusterConnection> clusters;
    private final SecurityGroups groups;
    private final RebuildRecords records;
    private final ClusterParameters parameters;
    private final Consumer<RecoveryScope> lease;

    OldCluster(
            EksView eks,
            Function<String, ClusterConnection> clusters,
            SecurityGroups groups,
            RebuildRecords records,
            ClusterParameters parameters,
            Consumer<RecoveryScope> lease) {
        this.eks = eks;
        this.clusters = clusters;
        this.groups = groups;
        this.records = records;
        this.parameters = parameters;
        this.lease = lease;
    }

    /** @throws MisconfiguredException when its API does not answer and it has no security group to close */
    OldFenced fence(RecoveryScope scope, Generation generation) {
        lease.accept(scope);
        String cluster = generation.previous();
        if (eks.status(cluster).isEmpty()) {
            return done(scope, FencedHow.GONE, 0, 0);
        }
        try {
            return scale(scope, cluster);
        } catch (KubernetesUnavailableException e) {
            LOG.warnf("Cluster %s does not answer, so its network is closed: %s", cluster, e.getMessage());
            return closeNetwork(scope, cluster);
        }
    }

    private OldFenced scale(RecoveryScope scope, String cluster) {
        String namespace = scope.target().namespace();
        try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(cluster))) {
            List<StoppedWorkload> running = access.workloadStop().list(namespace);
            RebuildRecord.Fence noted = noteOnce(scope, running, List.of(), loadBalancer(access, scope.target()));
            access.workloadStop().stop(namespace, fenceOf(scope));
            return done(
                    scope,
                    FencedHow.SCALED,
                    (int) noted.workloads().stream()
                            .filter(each -> each.replicas() != 0)
                            .count(),
                    0);
        }
    }

    /** To be told when the cluster is deleted. Without it the fence is as good. */
    private static String loadBalancer(KubernetesAccess access, Target target) {
        if (target.loadBalancer() == null) {
            return null;
        }
        try {
            LoadBalancerAddress address = access.loadBalancers()
                    .find(
                            target.loadBalancer().namespace(),
                            target.loadBalancer().name());
            return address.hostname() == null ? address.ip() : address.hostname();
        } catch (LifeboatException e) {
            LOG.warnf("The old cluster's load balancer is not known: %s", e.getMessage());
            return null;
        }
    }

    private OldFenced closeNetwork(RecoveryScope scope, String cluster) {
        List<OpenRules> open = groups.open(cluster);
        if (open.isEmpty()) {
            throw new MisconfiguredException(
                    "Cluster " + cluster + " does not answer, and no security group has the tag aws:eks:cluster-name="
                            + cluster + ": it cannot be kept from taking writes.",
                    "Take its nodes out of use by hand: 'aws eks update-nodegroup-config' with a desired size of 0; then start"
                            + " the recovery again.");
        }
        RebuildRecord.Fence noted = noteOnce(scope, List.of(), open, null);
        groups.close(open);
        return done(
                scope,
                FencedHow.NETWORK_CLOSED,
                0,
                noted.rules().stream()
                        .mapToInt(each -> each.permissions().size())
                        .sum());
    }

    /** What was noted by an earlier call counts: it saw the cluster as it was. */
    private RebuildRecord.Fence noteOnce(
            RecoveryScope scope, List<StoppedWorkload> workloads, List<OpenRules> rules, String loadBalancer) {
        return records.change(scope, record -> {
                    RebuildRecord.Fence before = record.fence();
                    List<StoppedWorkload> running =
                            before == null || before.workloads().isEmpty() ? workloads : before.workloads();
                    List<OpenRules> open = before == null || before.rules().isEmpty() ? rules : before.rules();
                    String balancer =
                            before == null || before.loadBalancer() == null ? loadBalancer : before.loadBalancer();
                    return record.withFence(
                            new RebuildRecord.Fence(before == null ? null : before.how(), running, open, balancer));
                })
                .fence();
    }

    private OldFenced done(RecoveryScope scope, FencedHow how, int workloads, int rules) {
        records.change(
                scope,
                record -> record.withFence(
                        record.fence() == null
                                ? new RebuildRecord.Fence(how, List.of(), List.of(), null)
                                : new RebuildRecord.Fence(
                                        how,
                                        record.fence().workloads(),
                                        record.fence().rules(),
                                        record.fence().loadBalancer())));
        return new OldFenced(
                how, workloads, rules, RebuildRecords.key(scope.target().name()));
    }

    /** @throws MisconfiguredException while the target parameter names the new generation, or when nothing is noted */
    OldFenced unfence(RecoveryScope scope, Generation generation) {
        lease.accept(scope);
        if (!parameters.target().cluster().equals(generation.previous())) {
            throw new MisconfiguredException(
                    "Parameter " + parameters.targetName() + " names " + generation.cluster()
                            + ": with the old cluster back, two would take writes.",
                    "Take the switch back first, by action switch-back, and stop what runs in the new one.");
        }
        RebuildRecord.Fence fence = records.find(scope.target().name())
                .map(RebuildRecord::fence)
                .orElseThrow(() -> new MisconfiguredException(
                        "Nothing is noted of a fence around " + generation.previous() + ".",
                        "Look at its Deployments, StatefulSets, CronJobs and security groups by hand."));
        int rules = groups.reopen(fence.rules());
        int workloads = 0;
        if (!fence.workloads().isEmpty()) {
            try (KubernetesAccess access = KubernetesAccess.open(clusters.apply(generation.previous()))) {
                workloads = access.workloadStop().start(scope.target().namespace(), fence.workloads(), fenceOf(scope));
            }
        }
        FencedHow how = Optional.ofNullable(fence.how()).orElse(FencedHow.SCALED);
        records.change(scope, record -> record.withFence(null));
        return new OldFenced(
                how, workloads, rules, RebuildRecords.key(scope.target().name()));
    }

    private static Fence fenceOf(RecoveryScope scope) {
        return new Fence(scope.target().name(), scope.token());
    }
}
