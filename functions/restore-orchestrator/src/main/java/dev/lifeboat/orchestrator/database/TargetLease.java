package dev.lifeboat.orchestrator.database;

import dev.lifeboat.aws.Lease;
import dev.lifeboat.aws.LeaseStore;
import dev.lifeboat.contract.recovery.RecoveryScope;
import org.jboss.logging.Logger;

/** One recovery at a time for a target. */
final class TargetLease {
    private static final Logger LOG = Logger.getLogger(TargetLease.class);

    private final LeaseStore leases;

    TargetLease(LeaseStore leases) {
        this.leases = leases;
    }

    StepResults.LeaseTaken acquire(DatabaseRequest.AcquireLease request) {
        Lease lease = leases.acquire(request.target().name(), request.incident(), request.execution());
        LOG.infof("Target %s is leased under token %d", lease.target(), lease.token());
        return new StepResults.LeaseTaken(lease.token());
    }

    StepResults.LeaseTaken confirm(RecoveryScope scope) {
        require(scope);
        return new StepResults.LeaseTaken(scope.token());
    }

    StepResults.LeaseReleased release(RecoveryScope scope) {
        return new StepResults.LeaseReleased(leases.release(scope.target().name(), scope.token()));
    }

    /** @throws dev.lifeboat.contract.error.FencedOffException when the lease is not the scope's any more */
    void require(RecoveryScope scope) {
        leases.requireHeld(scope.target().name(), scope.token());
    }
}
