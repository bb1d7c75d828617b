package dev.lifeboat.local.storage;

import java.time.Instant;
import java.util.Map;

/**
 * A snapshot of a volume, of the moment when it was asked for.
 *
 * @param id such as {@code snap-0123456789abcdef0}
 * @param volume what it is of
 * @param gibibytes the volume's size
 * @param description as given, may be empty
 * @param tags as given
 * @param startedAt the moment that it holds
 * @param completedAt when a volume can be made of it
 */
public record BlockSnapshot(
        String id,
        String volume,
        int gibibytes,
        String description,
        Map<String, String> tags,
        Instant startedAt,
        Instant completedAt) {
    public BlockSnapshot {
        tags = Map.copyOf(tags);
    }

    /** How much of it is copied, 0 to 100. */
    public int progress(Instant now) {
        if (!now.isBefore(completedAt)) {
            return 100;
        }
        long whole = Math.max(1, completedAt.toEpochMilli() - startedAt.toEpochMilli());
        return (int) Math.max(0, 99 * (now.toEpochMilli() - startedAt.toEpochMilli()) / whole);
    }
}
