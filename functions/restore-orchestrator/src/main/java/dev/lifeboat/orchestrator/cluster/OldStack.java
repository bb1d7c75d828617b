package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.cluster.ClusterResults.ClusterReadiness;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.ClusterResults.RouteHealth;
import dev.lifeboat.orchestrator.cluster.ClusterResults.StackState;
import dev.lifeboat.orchestrator.cluster.ClusterResults.StackStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Deletes the old cluster's stack: when the new one has taken over, or in place when all that brings it back is at hand. */
final class OldStack {
    private final Stacks stacks;
    private final EksView eks;
    private final RebuildRecords records;
    private final ClusterParameters parameters;
    private final ConfigChoices backups;
    private final NewCluster newCluster;
    private final RouteCheck route;
    private final String base;
    private final Consumer<RecoveryScope> lease;

    OldStack(
            Stacks stacks,
            EksView eks,
            RebuildRecords records,
            ClusterParameters parameters,
            ConfigChoices backups,
            NewCluster newCluster,
            RouteCheck route,
            String base,
            Consumer<RecoveryScope> lease) {
        this.stacks = stacks;
        this.eks = eks;
        this.records = records;
        this.parameters = parameters;
        this.backups = backups;
        this.newCluster = newCluster;
        this.route = route;
        this.base = base;
        this.lease = lease;
    }

    StackState delete(ClusterRequest.DeleteOld request) {
        lease.accept(request.scope());
        return request.generation().inPlace() ? inPlace(request) : beside(request.scope(), request.generation());
    }

    private StackState beside(RecoveryScope scope, Generation generation) {
        if (!parameters.target().cluster().equals(generation.cluster())) {
            throw refused(generation, parameters.targetName() + " does not name " + generation.cluster());
        }
        ClusterReadiness ready = newCluster.look(generation);
        if (!ready.ready()) {
            throw refused(generation, generation.cluster() + " is not ready: " + ready.reason());
        }
        RouteHealth health = route.check(scope.target(), generation);
        if (!health.healthy()) {
            throw refused(generation, generation.cluster() + " does not serve: " + health.reason());
        }
        Optional<Stack> old = stacks.ofCluster(base, generation.previous());
        return old.map(stack -> delete(scope, stack)).orElseGet(() -> without(generation));
    }

    private static MisconfiguredException refused(Generation generation, String why) {
        return new MisconfiguredException(
                "Cluster " + generation.previous() + " is not deleted: " + why + ".",
                "Nothing is deleted before the new generation is healthy. Look at it, and try again.");
    }

    private StackState delete(RecoveryScope scope, Stack stack) {
        stacks.delete(stack.stackId(), stacks.clusterRole(base), Generations.requestToken("retire", scope, 1));
        return stacks.state(stack.stackName());
    }

    private StackState without(Generation generation) {
        if (eks.status(generation.previous()).isPresent()) {
            throw new MisconfiguredException(
                    "No stack below " + base + " has the output ClusterName=" + generation.previous()
                            + ": what made that cluster is not known, so it is not deleted.",
                    "Delete it by what made it, such as 'eksctl delete cluster'.");
        }
        return new StackState(generation.stack(), null, StackStatus.ABSENT, "There is no such cluster.", List.of());
    }

    /** The stack that is there first is the old one; one that comes later under its name is the new one, and stays. */
    private StackState inPlace(ClusterRequest.DeleteOld request) {
        RecoveryScope scope = request.scope();
        Generation generation = request.generation();
        backups.read(request.configBackup());
        Optional<Stack> there = stacks.find(generation.stack());
        if (there.isEmpty()) {
            return without(generation);
        }
        String id = there.get().stackId();
        String old = records.change(scope, record -> record.oldStackId() == null ? record.withOldStack(id) : record)
                .oldStackId();
        if (id.equals(old)) {
            stacks.delete(id, stacks.clusterRole(base), Generations.requestToken("replace", scope, 1));
        }
        return stacks.state(generation.stack());
    }
}
