package dev.lifeboat.kubernetes;

import java.time.Duration;
import java.time.Instant;

/**
 * A pod of a Deployment.
 *
 * @param state what Kubernetes says of it
 * @param replicaSet the ReplicaSet that it is of; null when it has none
 * @param runsSince since when all its containers run without a break; null while one does not
 * @param mayTake how long its containers may run before they are ready, by their probes
 * @param container the first one that is not ready; null when all are
 */
public record RevisionPod(PodState state, String replicaSet, Instant runsSince, Duration mayTake, String container) {}
