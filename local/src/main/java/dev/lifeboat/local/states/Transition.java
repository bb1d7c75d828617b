package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a state is left.
 *
 * @param output what the next state gets, or what the block ends in
 * @param assigned the variables that change; null when the state assigns none
 * @param next the next state; null at the block's end
 */
public record Transition(JsonNode output, ObjectNode assigned, String next) {}
