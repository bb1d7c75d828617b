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
        CORRUPT,
        /** The archive ends before its end. */
        TRUNCATED,
        /** An archive that may well be whole, but that this version can't read. */
        UNSUPPORTED
    }

    private final Kind kind;

    ArchiveException(Kind kind, String message, String hint) {
        super(message + " HINT: " + hint);
        this.kind = kind;
    }

    /** What kind of fault it is. */
    public Kind kind() {
        return kind;
    }
}
