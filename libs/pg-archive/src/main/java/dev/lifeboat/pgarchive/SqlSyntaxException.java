package dev.lifeboat.pgarchive;

/** SQL text that can't be taken apart. The message says why and on which line, but not what the text is part of. */
public final class SqlSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean unended;

    SqlSyntaxException(String what, long line, boolean unended) {
        super(what + " (line " + line + ")");
        this.unended = unended;
    }

    /** Whether the text ends where it must not. */
    boolean unended() {
        return unended;
    }
}
