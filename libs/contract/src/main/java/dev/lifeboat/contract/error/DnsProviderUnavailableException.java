package dev.lifeboat.contract.error;

/** Cloudflare did not answer, or throttled us. */
public final class DnsProviderUnavailableException extends LifeboatException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     */
    public DnsProviderUnavailableException(String message, String hint) {
        this(message, hint, null);
    }

    /**
     * @param message what and where, expected against actual
     * @param hint the next action of the reader
     * @param cause what brought it about
     */
    public DnsProviderUnavailableException(String message, String hint, Throwable cause) {
        super(Remedy.RETRYABLE, message, hint, cause);
    }
}
