package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.contract.Require;
import java.util.List;

/**
 * What is lost of one table: rows of the quarantined database that the restored one does not have so, and the other way round.
 *
 * @param schema its schema
 * @param name its name
 * @param key the columns by which its rows are told apart; empty when it has no primary key: then a row that was changed is one that
 *     is gone and one that is new
 * @param compared whether it was; otherwise the numbers say nothing
 * @param inserted rows that were new since the last good transaction, and are lost
 * @param updated rows that were changed since, and are again as they were
 * @param deleted rows that were deleted since, and are back
 * @param exported how many of these rows lie in the bucket
 * @param note what else is to be said, such as why it was not compared; null for nothing
 */
public record LostTable(
        String schema,
        String name,
        List<String> key,
        boolean compared,
        long inserted,
        long updated,
        long deleted,
        long exported,
        String note) {
    public LostTable {
        Require.text("table.schema", schema);
        Require.text("table.name", name);
        key = Require.listOrEmpty(key);
    }

    static LostTable notCompared(String schema, String name, String why) {
        return new LostTable(schema, name, List.of(), false, 0, 0, 0, 0, why);
    }

    /** Whether anything has to be said of it. */
    boolean matters() {
        return !compared || changed() > 0 || note != null;
    }

    /** All rows that differ. */
    public long changed() {
        return inserted + updated + deleted;
    }
}
