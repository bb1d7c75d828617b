package dev.lifeboat.contract.error;

/**
 * The one root of every failure that Lifeboat reports. The fully qualified name of the concrete class is what a state
 * machine's {@code ErrorEquals} matches, so renaming a subclass is a change of the contract.
 *
 * <p>A message says what failed and where, expected against actual, and ends in {@code HINT:} with the next action of
 * the person who reads it.
 */
public abstract class LifeboatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether doing the same thing again can help. */
    public enum Remedy {
        /** Trying again gives the same answer: another input, backup or person is needed. */
        TERMINAL,
        /** The cause lies outside and may pass: the state machine tries again, with back-off. */
        RETRYABLE,
        /** A defect of Lifeboat itself. */
        BUG
    }

    private final Remedy remedy;

    /**
     * @param remedy whether a retry can help
     * @param message what and where, expected against actual
     * @param hint the next action of the reader, without the {@code HINT:} prefix
     * @param cause what brought it about, or null
     */
    protected LifeboatException(Remedy remedy, String message, String hint, Throwable cause) {
        super(message + " HINT: " + hint, cause);
        this.remedy = remedy;
    }

    /** Whether a retry can help. */
    public final Remedy remedy() {
        return remedy;
    }
}
