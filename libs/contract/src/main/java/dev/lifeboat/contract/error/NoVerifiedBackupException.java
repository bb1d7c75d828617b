package dev.lifeboat.contract.error;

/** No verified backup is left to restore from: a person has to decide. */
public final class NoVerifiedBackupException extends LifeboatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     */
    public NoVerifiedBackupException(String message, String hint) {
        this(message, hint, null);
    }

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     * @param cause what brought it about
     */
    public NoVerifiedBackupException(String message, String hint, Throwable cause) {
        super(Remedy.TERMINAL, message, hint, cause);
    }
}
