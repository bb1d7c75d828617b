package dev.lifeboat.kubernetes;

/**
 * How far a Deployment's rollout is, by the rules of {@code kubectl rollout status}.
 *
 * @param name the Deployment's name
 * @param ready pods of the newest template that are available
 * @param desired pods wanted
 * @param complete whether every wanted pod is of the newest template and available, and no other is left
 * @param failed whether it ran past its progress deadline: waiting longer does not help by itself
 * @param reason what it waits for, or how it ended
 */
public record RolloutStatus(String name, int ready, int desired, boolean complete, boolean failed, String reason) {}
