package dev.lifeboat.orchestrator.database;

import dev.lifeboat.aws.Lease;
import dev.lifeboat.aws.LeaseStore;
import dev.lifeboat.contract.error.FencedOffException;
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

    /** @throws FencedOffException when the lease is not the scope's any more */
    StepResults.LeaseTaken confirm(RecoveryScope scope) {
        require(scope);
        return new StepResults.LeaseTaken(scope.token());
    }

    StepResults.LeaseReleased release(RecoveryScope scope) {
        return new StepResults.LeaseReleased(leases.release(scope.target().name(), scope.token()));
    }

    /**
     * For acts that cannot carry the token to where they act. It does not stop a straggler that has looked already, so
     * such an act must be harmless when it comes late.
     *
     * @throws FencedOffException when the lease is not the scope's any more
     */
    void require(RecoveryScope scope) {
        Lease lease = leases.find(scope.target().name()).orElse(null);
        if (lease == null || lease.token() != scope.token() || lease.state() != Lease.State.HELD) {
            throw new FencedOffException(
                    "Token " + scope.token() + " for target '" + scope.target().name() + "' is not the lease's any more"
                            + (lease == null
                                    ? "."
                                    : ", which is " + lease.token() + " of incident " + lease.incident() + ", "
                                            + lease.state() + "."),
                    "Leave the target to its new owner.");
        }
    }
}
