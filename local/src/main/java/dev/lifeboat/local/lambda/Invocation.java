package dev.lifeboat.local.lambda;

/**
 * One try of one function.
 *
 * @param function the function's logical id in the template
 * @param requestId its request id
 * @param payload the event, JSON
 * @param pid the process that it was given to
 */
public record Invocation(String function, String requestId, String payload, long pid) {}
