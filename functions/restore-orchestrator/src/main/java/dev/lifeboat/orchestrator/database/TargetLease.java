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
        String target = request.target().name();
        Lease lease = request.lease() == null
                ? leases.acquire(target, request.incident(), request.execution())
                : leases.inherit(target, request.lease(), request.execution());
        LOG.infof("Target %s is leased by %s under token %d", target, lease.owner(), lease.token());
        return new StepResults.LeaseTaken(lease.token());
    }

    StepResults.LeaseTaken renew(DatabaseRequest.RenewLease request) {
        RecoveryScope scope = request.scope();
        Lease lease = leases.renew(scope.target().name(), scope.token(), request.execution());
        LOG.infof("Target %s is leased under token %d from now on", lease.target(), lease.token());
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
