package dev.lifeboat.contract.error;

/** This backup cannot be restored (corrupt, changed since it was verified, or refused by the server); an older one may. */
public final class BackupUnusableException extends LifeboatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     */
    public BackupUnusableException(String message, String hint) {
        this(message, hint, null);
    }

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     * @param cause what brought it about
     */
    public BackupUnusableException(String message, String hint, Throwable cause) {
        super(Remedy.TERMINAL, message, hint, cause);
    }
}
