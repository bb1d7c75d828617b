package dev.lifeboat.pgarchive;

import java.util.List;

/**
 * What the slices of an archive come to.
 *
 * @param found what one pass over the whole archive would have found, as far as it was read
 * @param unread what nothing is known of, because a reader was stopped: one sentence each; empty when all was read
 */
public record SlicedVerification(ArchiveVerification found, List<String> unread) {
    public SlicedVerification {
        unread = List.copyOf(unread);
    }
}
