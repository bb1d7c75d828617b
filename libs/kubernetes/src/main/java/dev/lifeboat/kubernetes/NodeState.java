package dev.lifeboat.kubernetes;

/**
 * What Kubernetes says of a node.
 *
 * @param name its name
 * @param ready whether its condition Ready is true
 * @param schedulable whether new pods may come onto it
 * @param zone the availability zone, null when it has no such label
 */
public record NodeState(String name, boolean ready, boolean schedulable, String zone) {}
