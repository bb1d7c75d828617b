package dev.lifeboat.local.aws;

/** A request that the embedded cloud does not play: answered 501, and recorded so that it fails whatever runs. */
final class UnknownRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownRequestException(String what) {
        super(what);
    }
}
