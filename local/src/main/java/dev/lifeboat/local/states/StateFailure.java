package dev.lifeboat.local.states;

/** A state failed: what Retry and Catch look at. Source: Step Functions Developer Guide, "Handling errors". */
public final class StateFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String error;
    private final String cause;

    /**
     * @param error the error's name
     * @param cause its cause, text or JSON
     */
    public StateFailure(String error, String cause) {
        super(error + ": " + cause);
        this.error = error;
        this.cause = cause;
    }

    /** The error's name. */
    public String error() {
        return error;
    }

    /** The error's cause. */
    public String cause() {
        return cause;
    }

    static StateFailure query(String cause) {
        return new StateFailure("States.QueryEvaluationError", cause);
    }

    static StateFailure timeout() {
        return new StateFailure("States.Timeout", "");
    }
}
