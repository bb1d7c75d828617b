package dev.lifeboat.local.states;

/** Source: Step Functions API reference, DescribeExecution. */
public enum ExecutionStatus {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED
}
