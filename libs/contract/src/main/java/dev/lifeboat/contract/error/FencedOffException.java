package dev.lifeboat.contract.error;

/** A newer owner holds the target: this one must stop and change nothing more. */
public final class FencedOffException extends LifeboatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     */
    public FencedOffException(String message, String hint) {
        this(message, hint, null);
    }

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     * @param cause what brought it about
     */
    public FencedOffException(String message, String hint, Throwable cause) {
        super(Remedy.TERMINAL, message, hint, cause);
    }
}
