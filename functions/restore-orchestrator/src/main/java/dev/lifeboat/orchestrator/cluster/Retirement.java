package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Retired;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says whether the cluster that a rebuild has replaced is due to be deleted. Changes nothing; who deletes looks for himself. */
final class Retirement {
    private final Stacks stacks;
    private final RebuildRecords records;
    private final ClusterParameters parameters;
    private final LeftBehind leftBehind;
    private final Clock clock;

    Retirement(
            Stacks stacks, RebuildRecords records, ClusterParameters parameters, LeftBehind leftBehind, Clock clock) {
        this.stacks = stacks;
        this.records = records;
        this.parameters = parameters;
        this.leftBehind = leftBehind;
        this.clock = clock;
    }

    Retired find() {
        ClusterSettings settings = parameters.settings();
        if (settings.retireAfterDays() == 0) {
            return not("Old clusters are kept until a person deletes them.");
        }
        Target target = parameters.target();
        Optional<RebuildRecord> last = records.find(target.name());
        if (last.isEmpty() || last.get().finishedAt() == null) {
            return not("No rebuild has finished.");
        }
        Generation generation = last.get().generation();
        if (generation.inPlace() || !generation.cluster().equals(target.cluster())) {
            return not("The last rebuild left no old cluster beside the target's " + target.cluster() + ".");
        }
        Instant due = last.get().finishedAt().plus(Duration.ofDays(settings.retireAfterDays()));
        if (clock.instant().isBefore(due)) {
            return not("Cluster " + generation.previous() + " is kept until " + due + ".");
        }
        if (stacks.ofCluster(settings.clusterName(), generation.previous()).isEmpty()) {
            return new Retired(
                    false,
                    "There is no stack of cluster " + generation.previous() + " any more.",
                    null,
                    null,
                    leftBehind.of(target.name(), last.get()));
        }
        return new Retired(
                true,
                "Cluster " + generation.previous() + " was kept until " + due + ".",
                generation,
                target,
                List.of());
    }

    private static Retired not(String reason) {
        return new Retired(false, reason, null, null, List.of());
    }
}
