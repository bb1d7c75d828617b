package dev.lifeboat.contract.recovery;

import dev.lifeboat.contract.Require;

/**
 * The input of a recovery state machine's execution.
 *
 * @param incident names the incident, and with it the execution: at most 80 characters
 * @param trigger what started it
 * @param target what is recovered
 * @param lease the lease of the execution that starts this one and waits for it; null when it takes the lease itself
 */
public record RecoveryInput(String incident, Trigger trigger, Target target, HeldLease lease) {
    public RecoveryInput {
        Require.text("incident", incident);
        Require.range("incident's length", incident.length(), 1, 80);
        Require.present("trigger", trigger);
        Require.present("target", target);
    }

    /** Of an execution that takes the lease itself. */
    public RecoveryInput(String incident, Trigger trigger, Target target) {
        this(incident, trigger, target, null);
    }
}
