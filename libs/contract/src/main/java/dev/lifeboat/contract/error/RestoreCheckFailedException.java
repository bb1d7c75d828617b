package dev.lifeboat.contract.error;

/** What was restored is not what the backup holds; it is never swapped in. */
public final class RestoreCheckFailedException extends LifeboatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     */
    public RestoreCheckFailedException(String message, String hint) {
        this(message, hint, null);
    }

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     * @param cause what brought it about
     */
    public RestoreCheckFailedException(String message, String hint, Throwable cause) {
        super(Remedy.TERMINAL, message, hint, cause);
    }
}
