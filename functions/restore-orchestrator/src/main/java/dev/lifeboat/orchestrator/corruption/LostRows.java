package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;

/**
 * What is lost with the transactions after the last good one, by table. The whole of it lies in the bucket.
 *
 * @param version 1
 * @param at when the comparison ended
 * @param complete whether every table was compared, every row that differs is exported, and nobody wrote meanwhile
 * @param tables those of which something has to be said; others are the same on both sides
 * @param same how many tables are the same on both sides
 * @param prefix of the keys below which the rows lie in the bucket
 * @param clients that were connected to the lost database when it was compared, past the Service, which leads to the restored one: what they wrote
 *     meanwhile is not among the rows
 */
public record LostRows(
        int version, Instant at, boolean complete, List<LostTable> tables, int same, String prefix, int clients) {
    public LostRows {
        Require.range("version", version, 1, 1);
        Require.present("at", at);
        tables = Require.listOrEmpty(tables);
        Require.text("prefix", prefix);
    }

    /** All rows that differ. */
    public long changed() {
        return tables.stream().mapToLong(LostTable::changed).sum();
    }

    /** The same with no more tables than a state machine can carry: those with the most rows. */
    LostRows summary(int most) {
        return new LostRows(
                version,
                at,
                complete,
                tables.stream()
                        .sorted(java.util.Comparator.comparingLong(LostTable::changed)
                                .reversed())
                        .limit(most)
                        .toList(),
                same,
                prefix,
                clients);
    }
}
