package dev.lifeboat.contract.error;

/** What Lifeboat was installed with does not fit: a missing secret, bucket, permission or Kubernetes object. */
public final class MisconfiguredException extends LifeboatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     */
    public MisconfiguredException(String message, String hint) {
        this(message, hint, null);
    }

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     * @param cause what brought it about
     */
    public MisconfiguredException(String message, String hint, Throwable cause) {
        super(Remedy.TERMINAL, message, hint, cause);
    }
}
