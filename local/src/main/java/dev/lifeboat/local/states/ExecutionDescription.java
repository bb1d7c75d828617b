package dev.lifeboat.local.states;

import java.time.Instant;

/**
 * An execution as DescribeExecution shows it.
 *
 * @param arn its ARN
 * @param machineArn its state machine's
 * @param name its name
 * @param status where it stands
 * @param input its input, JSON
 * @param output its output, JSON; null unless it succeeded
 * @param error the error's name; null unless it failed, timed out or was aborted with one
 * @param cause the error's cause, may be null
 * @param startedAt when it started
 * @param stoppedAt when it ended, null while it runs
 */
public record ExecutionDescription(
        String arn,
        String machineArn,
        String name,
        ExecutionStatus status,
        String input,
        String output,
        String error,
        String cause,
        Instant startedAt,
        Instant stoppedAt) {}
