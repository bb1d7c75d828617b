package dev.lifeboat.report;

import dev.lifeboat.contract.Require;
import java.time.Instant;

/**
 * The swap of the restored database with the lost one.
 *
 * @param liveDatabase the name that applications connect to
 * @param quarantineDatabase what the lost one is called now; null when there was none left
 * @param at when the swap was committed
 * @param undoCommand what takes it back; null when there is nothing to go back to
 */
public record CutOver(String liveDatabase, String quarantineDatabase, Instant at, String undoCommand) {
    public CutOver {
        Require.text("cutOver.liveDatabase", liveDatabase);
        Require.present("cutOver.at", at);
    }
}
