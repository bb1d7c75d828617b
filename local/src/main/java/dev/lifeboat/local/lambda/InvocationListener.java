package dev.lifeboat.local.lambda;

import java.time.Duration;

/** Sees every invocation, and may disturb it. Called from several threads at once. */
public interface InvocationListener {
    /** Asked once for each invocation, when its event is handed to a process. */
    default Fault fault(Invocation invocation) {
        return Fault.NONE;
    }

    /** The invocation ended. */
    default void ended(Invocation invocation, InvocationResult result, Duration took) {}

    /** A function's process wrote a line to its standard output or error. */
    default void logged(String function, String line) {}

    /** An asynchronous event was given up after its last try. */
    default void givenUp(String function, String payload, InvocationResult last) {}
}
