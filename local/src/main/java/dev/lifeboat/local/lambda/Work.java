package dev.lifeboat.local.lambda;

import java.util.concurrent.CompletableFuture;

/** One event on its way through one process. */
final class Work {
    final String requestId;
    final String payload;
    final String functionArn;

    /** When the process must be done; set when it takes the event. */
    volatile long deadlineMillis;

    volatile Fault fault = Fault.NONE;

    /** Done when the process took the event; fails when it never will. */
    final CompletableFuture<Void> taken = new CompletableFuture<>();

    final CompletableFuture<Answer> answer = new CompletableFuture<>();

    Work(String requestId, String payload, String functionArn) {
        this.requestId = requestId;
        this.payload = payload;
        this.functionArn = functionArn;
    }

    /** The process is gone. */
    void processEnded(Answer how) {
        taken.completeExceptionally(new ProcessEndedException(how));
        answer.complete(how);
    }

    /**
     * What came back.
     *
     * @param failed whether it is a function error
     * @param payload the output, or the error's JSON
     */
    record Answer(boolean failed, String payload) {}

    /** The process ended before it took the event. */
    static final class ProcessEndedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Answer how;

        ProcessEndedException(Answer how) {
            super("The process ended before it took the event: " + how.payload());
            this.how = how;
        }

        Answer how() {
            return how;
        }
    }
}
