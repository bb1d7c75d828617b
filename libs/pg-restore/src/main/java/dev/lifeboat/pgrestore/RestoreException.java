package dev.lifeboat.pgrestore;

/**
 * A restore that can't go on. The message says what failed and where (archive entry, SQLSTATE, the statement's beginning) and
 * ends in {@code HINT:} with the next action. Whatever had been committed stays; every step may be called again.
 */
public final class RestoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is; decides whether trying again, or another backup, can help. */
    public enum Kind {
        /** The server or the archive's source is out of reach or busy: trying again can help. */
        UNAVAILABLE,
        /** The server refuses, and would again: a role, an extension, a right or space is missing. */
        REFUSED,
        /** What was restored is not what the backup holds. */
        CHECK_FAILED,
        /** A newer owner holds the target: stop, and change nothing more. */
        FENCED,
        /** This archive can't be restored; another one may. */
        UNUSABLE_ARCHIVE
    }

    private final Kind kind;

    RestoreException(Kind kind, String message, String hint) {
        this(kind, message, hint, null);
    }

    RestoreException(Kind kind, String message, String hint, Throwable cause) {
        super(message + " HINT: " + hint, cause);
        this.kind = kind;
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }
}
