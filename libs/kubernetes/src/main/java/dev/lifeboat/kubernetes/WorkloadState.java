package dev.lifeboat.kubernetes;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What Kubernetes says of a Deployment: facts for an assessment, no judgement.
 *
 * @param rollout how far its rollout is
 * @param paused whether somebody has paused its rollout
 * @param managedBy the GitOps controller that keeps it as Git has it, such as {@code Argo CD (shop)}; null when there is no sign of one
 * @param autoscaler the HorizontalPodAutoscaler that sets its replicas, in words; null when there is none
 * @param restartedFor the incident that it was last restarted for; null when there is none
 * @param rolledBackFor the incident that it was last rolled back for; null when there is none
 * @param rolledBackTo the fingerprints of what it was rolled back to for that incident, oldest first
 * @param pods that are its own and neither being deleted nor finished, of whatever revision, by name
 * @param current the revision that it wants; null before its controller has made it
 * @param earlier the revisions that are kept beside, newest first
 */
public record WorkloadState(
        RolloutStatus rollout,
        boolean paused,
        String managedBy,
        String autoscaler,
        String restartedFor,
        String rolledBackFor,
        List<String> rolledBackTo,
        List<RevisionPod> pods,
        Revision current,
        List<Revision> earlier) {
    public WorkloadState {
        rolledBackTo = List.copyOf(rolledBackTo);
        pods = List.copyOf(pods);
        earlier = List.copyOf(earlier);
    }

    /** The Deployment's name. */
    public String name() {
        return rollout.name();
    }

    /** The pods of the revision that it wants. */
    public List<RevisionPod> newest() {
        return pods.stream()
                .filter(pod -> current != null && current.replicaSet().equals(pod.replicaSet()))
                .toList();
    }

    /** When a container of the revision that it wants ended last; empty when none did. */
    public Optional<Instant> endedAt() {
        return newest().stream()
                .map(RevisionPod::endedAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo);
    }
}
