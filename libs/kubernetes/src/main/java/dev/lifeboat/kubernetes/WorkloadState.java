package dev.lifeboat.kubernetes;

import java.util.List;

/**
 * What Kubernetes says of a Deployment: facts for an assessment, no judgement.
 *
 * @param rollout how far its rollout is
 * @param pods that are its own and not being deleted, of whatever revision, by name
 * @param earlierRevision whether a ReplicaSet of an earlier revision is kept, which it could be rolled back to
 */
public record WorkloadState(RolloutStatus rollout, List<PodState> pods, boolean earlierRevision) {
    public WorkloadState {
        pods = List.copyOf(pods);
    }
}
