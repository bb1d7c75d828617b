package dev.lifeboat.orchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.ClusterResults.TargetSwitched;
import java.time.Clock;
import java.util.function.Consumer;

/** Makes the target parameter name another cluster. The parameter store keeps what it named before, as the record does. */
final class TargetSwitch {
    private final ClusterParameters parameters;
    private final RebuildRecords records;
    private final Consumer<RecoveryScope> lease;
    private final Clock clock;

    TargetSwitch(ClusterParameters parameters, RebuildRecords records, Consumer<RecoveryScope> lease, Clock clock) {
        this.parameters = parameters;
        this.records = records;
        this.lease = lease;
        this.clock = clock;
    }

    /**
     * @param facts noted first: once the parameter names the new cluster nobody else could tell how it came about
     * @throws MisconfiguredException when the parameter names neither the old cluster nor the new one
     */
    TargetSwitched there(RecoveryScope scope, Generation generation, JsonNode facts) {
        records.change(scope, record -> record.withFacts(facts));
        TargetSwitched switched = name(scope, generation.previous(), generation.cluster());
        records.change(scope, record -> record.finishedAt() == null ? record.withFinishedAt(clock.instant()) : record);
        return switched;
    }

    /** @throws MisconfiguredException when the parameter names neither the old cluster nor the new one */
    TargetSwitched back(RecoveryScope scope, Generation generation) {
        return name(scope, generation.cluster(), generation.previous());
    }

    private TargetSwitched name(RecoveryScope scope, String from, String to) {
        String now = parameters.target().cluster();
        if (!now.equals(from) && !now.equals(to)) {
            throw new MisconfiguredException(
                    "Parameter " + parameters.targetName() + " names cluster " + now + ", expected " + from + " or "
                            + to + ": somebody changed it meanwhile.",
                    "Make it name the cluster that is in use.");
        }
        // The store takes no condition: right before it is written, as late as can be.
        lease.accept(scope);
        if (!now.equals(to)) {
            parameters.nameCluster(target -> named(target, to));
        }
        return new TargetSwitched(parameters.targetName(), from, to, !now.equals(to));
    }

    static Target named(Target target, String cluster) {
        return new Target(
                target.name(),
                target.purpose(),
                cluster,
                target.namespace(),
                target.postgresService(),
                target.database(),
                target.backupOf(),
                target.adminSecret(),
                target.deployments(),
                target.healthUrls(),
                target.loadBalancer(),
                target.dns(),
                target.missingRoles(),
                target.application());
    }
}
