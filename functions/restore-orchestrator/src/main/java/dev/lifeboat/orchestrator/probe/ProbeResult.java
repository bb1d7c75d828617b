package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.Require;

/**
 * What {@code Probe} saw.
 *
 * @param target whose database
 * @param answering whether it answered the application's role with a row
 * @param reason what was seen, one sentence
 * @param millis how long that took
 * @param replicationLagBytes how much WAL the slowest replication slot has not taken; null when there is no slot, or nobody could tell
 */
public record ProbeResult(String target, boolean answering, String reason, long millis, Long replicationLagBytes) {
    public ProbeResult {
        Require.text("target", target);
        Require.text("reason", reason);
    }
}
