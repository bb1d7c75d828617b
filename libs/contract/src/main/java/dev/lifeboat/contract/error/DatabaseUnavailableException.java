package dev.lifeboat.contract.error;

/** PostgreSQL did not answer, or ended our connection. */
public final class DatabaseUnavailableException extends LifeboatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     */
    public DatabaseUnavailableException(String message, String hint) {
        this(message, hint, null);
    }

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     * @param cause what brought it about
     */
    public DatabaseUnavailableException(String message, String hint, Throwable cause) {
        super(Remedy.RETRYABLE, message, hint, cause);
    }
}
