package dev.lifeboat.local.states;

/** A refusal of the Step Functions API, by its error code. */
public final class StatesException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;

    StatesException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** {@code ExecutionAlreadyExists}, {@code StateMachineDoesNotExist}, ... */
    public String code() {
        return code;
    }
}
