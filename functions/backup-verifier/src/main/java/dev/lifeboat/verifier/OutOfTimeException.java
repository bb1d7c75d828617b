package dev.lifeboat.verifier;

/** Ends a verification that the function's time does not suffice for; never leaves this package. */
final class OutOfTimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfTimeException() {
        super("the function's time is almost over");
    }
}
