package dev.lifeboat.local.cli;

/** What was asked could not even be tried; the message is for the person who asked and ends in a HINT. */
public final class UnableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is missing or wrong, and where
     * @param hint the next action
     */
    public UnableException(String message, String hint) {
        super(message + " HINT: " + hint);
    }

    /** From a failure whose message says all that already. */
    UnableException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }

    /** As {@link #UnableException(String, String)}, with what brought it about. */
    public UnableException(String message, String hint, Throwable cause) {
        super(message + " HINT: " + hint, cause);
    }
}
