package dev.lifeboat.orchestrator.probe;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.lifeboat.contract.Require;
import java.util.List;

/**
 * What {@code Probe} saw.
 *
 * @param target whose database
 * @param answering whether it answered the application's role with a row
 * @param reason what was seen, one sentence
 * @param millis how long that took
 * @param replicationLagBytes how much WAL the slowest replication slot has not taken; null when there is no slot, or nobody could tell
 * @param invariants what each of them said, in their order
 * @param walArchiving what the server says of its WAL archive; null while it recovers, or when nobody could tell
 */
public record ProbeResult(
        String target,
        boolean answering,
        String reason,
        long millis,
        Long replicationLagBytes,
        List<InvariantResult> invariants,
        @JsonIgnore WalArchiving walArchiving) {
    public ProbeResult {
        Require.text("target", target);
        Require.text("reason", reason);
        invariants = Require.listOrEmpty(invariants);
    }

    /** The same, with what the invariants said. */
    ProbeResult with(List<InvariantResult> said) {
        return new ProbeResult(target, answering, reason, millis, replicationLagBytes, said, walArchiving);
    }
}
