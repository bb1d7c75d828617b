package dev.lifeboat.local.storage;

import java.time.Instant;
import java.util.Map;

/**
 * A volume of EBS.
 *
 * @param id such as {@code vol-0123456789abcdef0}
 * @param zone the availability zone that it is in: only nodes there can take it
 * @param gibibytes its size
 * @param snapshot what it was made of; empty for an empty one
 * @param tags as given
 * @param createdAt when it was asked for
 * @param availableAt when a node can take it
 * @param attached whether a node has taken it
 */
public record BlockVolume(
        String id,
        String zone,
        int gibibytes,
        String snapshot,
        Map<String, String> tags,
        Instant createdAt,
        Instant availableAt,
        boolean attached) {
    public BlockVolume {
        tags = Map.copyOf(tags);
    }

    BlockVolume attached(boolean now) {
        return new BlockVolume(id, zone, gibibytes, snapshot, tags, createdAt, availableAt, now);
    }
}
