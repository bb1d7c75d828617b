package dev.lifeboat.local.explore;

/** A machine that cannot be explored; the message says where, why, and what to do. */
public final class ExploreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExploreException(String message, String hint) {
        super(message + " HINT: " + hint);
    }
}
