package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What {@code $states.context} says of the execution and its machine.
 *
 * @param arn the execution's ARN
 * @param name its name
 * @param input its input
 * @param startedAt when it began
 * @param machineArn the machine's ARN
 * @param machineName the machine's name
 */
public record ExecutionContext(
        String arn, String name, JsonNode input, Instant startedAt, String machineArn, String machineName) {}
