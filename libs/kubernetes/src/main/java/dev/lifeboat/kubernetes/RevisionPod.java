package dev.lifeboat.kubernetes;

import java.time.Duration;
import java.time.Instant;

/**
 * A pod of a Deployment.
 *
 * @param state what Kubernetes says of it
 * @param replicaSet the ReplicaSet that it is of; null when it has none
 * @param unreadySince since when all its containers run and it is not ready all the same; null when it is, or one does not run
 * @param mayTake how long its containers may run before they are ready, by their probes
 * @param endedAt when a container of it ended last, restarted since or not; null when none did
 * @param container the first one that is not ready, init containers before the others; null when all are
 */
public record RevisionPod(
        PodState state, String replicaSet, Instant unreadySince, Duration mayTake, Instant endedAt, String container) {}
