package dev.lifeboat.contract.error;

/** S3 did not answer, or answered with a fault that may pass. */
public final class StorageUnavailableException extends LifeboatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     */
    public StorageUnavailableException(String message, String hint) {
        this(message, hint, null);
    }

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     * @param cause what brought it about
     */
    public StorageUnavailableException(String message, String hint, Throwable cause) {
        super(Remedy.RETRYABLE, message, hint, cause);
    }
}
