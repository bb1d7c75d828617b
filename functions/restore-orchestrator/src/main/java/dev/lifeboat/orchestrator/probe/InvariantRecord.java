package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the probe knows of a target's data: what it asks, and when all of it held last. A recovery of corrupted data asks the same, and
 * begins its search there.
 *
 * @param version 1
 * @param askedAt when the probe asked last, by the server's clock
 * @param holding whether all held then; null when none was violated and not all were known
 * @param applicationSecret Secrets Manager id of the role that asks
 * @param invariants what is asked
 * @param lastGood when all of them held last; null when they never did
 */
public record InvariantRecord(
        int version,
        Instant askedAt,
        Boolean holding,
        String applicationSecret,
        List<Invariant> invariants,
        LastGood lastGood) {
    /**
     * A moment at which all invariants held.
     *
     * @param at by the server's clock
     * @param lsn what was written before this position was there when they were asked
     * @param numbers what those said that are about numbers, by name
     */
    public record LastGood(Instant at, String lsn, Map<String, Double> numbers) {
        public LastGood {
            Require.present("lastGood.at", at);
            Require.text("lastGood.lsn", lsn);
            numbers = numbers == null ? Map.of() : Map.copyOf(numbers);
        }
    }

    public InvariantRecord {
        Require.range("version", version, 1, 1);
        Require.present("askedAt", askedAt);
        Require.text("applicationSecret", applicationSecret);
        invariants = Require.listOrEmpty(invariants);
    }

    /** The numbers that must not fall, by name. */
    public Map<String, Double> numbers() {
        return lastGood == null ? Map.of() : lastGood.numbers();
    }
}
