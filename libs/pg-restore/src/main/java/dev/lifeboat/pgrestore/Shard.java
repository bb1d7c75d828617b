package dev.lifeboat.pgrestore;

import java.util.List;

/**
 * A part of the data that one worker restores.
 *
 * @param index 0 or more, unique in the plan
 * @param dumpIds of the archive's entries that hold data, the largest first
 * @param compressedBytes what they take in the archive
 */
public record Shard(int index, List<Integer> dumpIds, long compressedBytes) {
    public Shard {
        dumpIds = List.copyOf(dumpIds);
    }
}
