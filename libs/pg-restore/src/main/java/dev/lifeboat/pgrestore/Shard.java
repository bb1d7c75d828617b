package dev.lifeboat.pgrestore;

import java.util.List;

/**
 * A part of the data that one worker restores.
 *
 * @param index 0 or more, unique in the plan
 * @param parts of the archive's entries that hold data, the largest first
 * @param compressedBytes what they take in the archive; of an entry that is split, its share
 */
public record Shard(int index, List<EntryPart> parts, long compressedBytes) {
    public Shard {
        parts = List.copyOf(parts);
    }
}
