package dev.lifeboat.contract.error;

/** Cloudflare answered and refused: an unknown zone or record, or a token without the permission. */
public final class DnsRefusedException extends LifeboatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     */
    public DnsRefusedException(String message, String hint) {
        this(message, hint, null);
    }

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     * @param cause what brought it about
     */
    public DnsRefusedException(String message, String hint, Throwable cause) {
        super(Remedy.TERMINAL, message, hint, cause);
    }
}
