package dev.lifeboat.pgrestore;

import java.util.List;

/**
 * How an archive's data are divided. Made from the archive alone; every step of a restore gets the same plan.
 *
 * @param sourceDatabase the dumped database's name
 * @param archiveId identifies the archive by its header and table of contents, 64 hexadecimal digits
 * @param shards every entry that holds data is in exactly one, or all parts of it in one each; empty for an archive without data
 */
public record RestorePlan(String sourceDatabase, String archiveId, List<Shard> shards) {
    public RestorePlan {
        shards = List.copyOf(shards);
    }

    /** Compressed bytes of all shards. */
    public long compressedBytes() {
        return shards.stream().mapToLong(Shard::compressedBytes).sum();
    }
}
