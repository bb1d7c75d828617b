package dev.lifeboat.local.states;

import java.time.Duration;

/** Follows executions live. Called on the executions' own threads: return quickly. */
public interface ExecutionListener {
    /** An execution started. */
    default void executionStarted(ExecutionDescription execution) {}

    /** An execution ended, however it did. */
    default void executionEnded(ExecutionDescription execution) {}

    /**
     * A state was entered.
     *
     * @param type the state's Type: Task, Choice, ...
     */
    default void stateEntered(String executionArn, String state, String type) {}

    /** A state was left by its end, its Next or a Catch. */
    default void stateExited(String executionArn, String state, String type) {}

    /** A state failed and is tried again after the pause. */
    default void retried(String executionArn, String state, String error, int retry, Duration pause) {}

    /** A state failed and its Catch leads on. */
    default void caught(String executionArn, String state, String error, String cause, String next) {}
}
