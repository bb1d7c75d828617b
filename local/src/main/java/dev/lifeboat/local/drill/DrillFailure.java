package dev.lifeboat.local.drill;

/** The drill cannot go on: what should have happened did not. The message says what. */
final class DrillFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DrillFailure(String message) {
        super(message);
    }

    DrillFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
