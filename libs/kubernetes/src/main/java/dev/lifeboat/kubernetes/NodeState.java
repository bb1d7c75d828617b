package dev.lifeboat.kubernetes;

/**
 * What Kubernetes says of a node.
 *
 * @param name its name
 * @param ready whether its condition Ready is true
 * @param schedulable whether new pods may come onto it
 */
public record NodeState(String name, boolean ready, boolean schedulable) {}
