package dev.lifeboat.pgarchive;

/**
 * An archive that can't be read. The message says what is wrong and where (archive, byte offset, entry), expected
 * against actual, and ends in {@code HINT:} with the next action. Trying again with the same bytes gives the same answer;
 * failures of the byte source itself are {@link java.io.IOException}s.
 */
public final class ArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of fault it is. */
    public enum Kind {
        /** Bytes that pg_dump does not write. */
        CORRUPT("is corrupt"),
        /** The archive ends before its end. */
        TRUNCATED("is truncated"),
        /** An archive that may well be whole, but that this version can't read. */
        UNSUPPORTED("can't be read by this version");

        private final String verdict;

        Kind(String verdict) {
            this.verdict = verdict;
        }
    }

    private final Kind kind;
    private final boolean contained;

    /**
     * @param where the archive, byte and entry
     * @param contained whether the chunks around the fault are intact, so that a verification can go on behind them
     */
    ArchiveException(Kind kind, Place where, String what, String hint, boolean contained) {
        super("Archive '" + where.archive() + "' " + kind.verdict + " at byte " + where.offset() + " (" + where.part()
                + "): " + what + " HINT: " + hint);
        this.kind = kind;
        this.contained = contained;
    }

    /** What kind of fault it is. */
    public Kind kind() {
        return kind;
    }

    /** Whether only the content of a data block is broken: where the block ends is known. */
    boolean contained() {
        return contained;
    }

    /**
     * Where a fault is.
     *
     * @param part such as {@code header} or an entry's label
     */
    record Place(String archive, long offset, String part) {}
}
