package dev.lifeboat.contract.error;

/** PostgreSQL answered and refused what recovery needs of it, whatever the backup (privileges, space, versions). */
public final class DatabaseRefusedException extends LifeboatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     */
    public DatabaseRefusedException(String message, String hint) {
        this(message, hint, null);
    }

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     * @param cause what brought it about
     */
    public DatabaseRefusedException(String message, String hint, Throwable cause) {
        super(Remedy.TERMINAL, message, hint, cause);
    }
}
