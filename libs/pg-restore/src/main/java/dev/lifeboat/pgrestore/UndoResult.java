package dev.lifeboat.pgrestore;

import java.time.Instant;

/**
 * A swap that was undone.
 *
 * @param liveDatabase again the database that had the name before the cut-over
 * @param setAside what the restored database is called now; it is kept, and admits nobody
 * @param at when that was committed, by the server's clock
 */
public record UndoResult(String liveDatabase, String setAside, Instant at) {}
