package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A state machine that can be started.
 *
 * @param name its name
 * @param arn its ARN
 * @param definition checked by {@link Definition}
 */
record Machine(String name, String arn, JsonNode definition) {}
