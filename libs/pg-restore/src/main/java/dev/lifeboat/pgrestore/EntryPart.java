package dev.lifeboat.pgrestore;

/**
 * What one worker loads of an entry: all of it, or of a table that is split every so many rows.
 *
 * @param dumpId of the archive's entry
 * @param part 0 or more, below {@code parts}
 * @param parts into how many the entry is split; 1 when it is whole
 */
public record EntryPart(int dumpId, int part, int parts) {
    public EntryPart {
        if (parts < 1 || part < 0 || part >= parts) {
            throw new IllegalArgumentException("part " + part + " of " + parts + " of entry " + dumpId
                    + ", expected a part from 0 and below the number of parts");
        }
    }

    /** Whether the worker loads the whole entry. */
    boolean whole() {
        return parts == 1;
    }
}
