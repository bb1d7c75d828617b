package dev.lifeboat.aws.pgbackrest;

/**
 * Segments that are not in the archive though recovery needs them.
 *
 * @param first of them
 * @param last of them; the same one where it is one
 */
public record WalGap(WalSegment first, WalSegment last) {
    /** How many segments there are. */
    public long segments() {
        return last.number() - first.number() + 1;
    }

    /** Their names, for people. */
    @Override
    public String toString() {
        return first.equals(last) ? first.name() : first.name() + " to " + last.name();
    }
}
