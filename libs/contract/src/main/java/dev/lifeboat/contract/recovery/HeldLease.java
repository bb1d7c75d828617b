package dev.lifeboat.contract.recovery;

import dev.lifeboat.contract.Require;

/**
 * The lease of an execution that starts another one and waits for it: the other acts under it and does not give it back.
 *
 * @param execution the ARN of the execution that holds the lease
 * @param token the lease's fencing token, 1 or more
 */
public record HeldLease(String execution, long token) {
    public HeldLease {
        Require.text("lease.execution", execution);
        Require.range("lease.token", token, 1, Long.MAX_VALUE);
    }
}
