package dev.lifeboat.pgrestore;

import java.time.Instant;
import java.util.List;

/**
 * A swap that was made.
 *
 * @param liveDatabase now the restored database
 * @param quarantine what the database that had the name before is called now; null when there was none
 * @param at when the swap was committed, by the server's clock
 * @param rolledBack identifiers of prepared transactions of the old database that were rolled back for the swap
 */
public record CutOverResult(String liveDatabase, String quarantine, Instant at, List<String> rolledBack) {
    public CutOverResult {
        rolledBack = List.copyOf(rolledBack);
    }
}
