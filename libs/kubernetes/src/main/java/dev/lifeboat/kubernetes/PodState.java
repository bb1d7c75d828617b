package dev.lifeboat.kubernetes;

import java.time.Instant;

/**
 * What Kubernetes says of a pod: facts for an assessment, no judgement.
 *
 * @param name the pod's name
 * @param uid the pod's UID
 * @param podIp its address, null before it has one
 * @param phase Pending, Running, Succeeded, Failed or Unknown
 * @param ready whether its condition Ready is true
 * @param terminating whether it is being deleted
 * @param restarts of all its containers together
 * @param waitingReason why a container waits, such as {@code CrashLoopBackOff} or {@code ImagePullBackOff}; for a pod
 *     that no node took, {@code Unschedulable}; null when nothing waits
 * @param lastExit why a container's last run ended, such as {@code OOMKilled (137)}; null when none ended
 * @param node the node's name, null when it is on none
 * @param createdAt when it was created, null when unknown
 */
public record PodState(
        String name,
        String uid,
        String podIp,
        String phase,
        boolean ready,
        boolean terminating,
        int restarts,
        String waitingReason,
        String lastExit,
        String node,
        Instant createdAt) {
    /** One line for a report: {@code pod postgres-0 is Running, not ready, 3 restarts, waiting: CrashLoopBackOff}. */
    public String summary() {
        StringBuilder text =
                new StringBuilder("pod ").append(name).append(" is ").append(phase);
        text.append(ready ? ", ready" : ", not ready");
        if (terminating) {
            text.append(", terminating");
        }
        if (restarts > 0) {
            text.append(", ").append(restarts).append(restarts == 1 ? " restart" : " restarts");
        }
        if (waitingReason != null) {
            text.append(", waiting: ").append(waitingReason);
        }
        if (lastExit != null) {
            text.append(", last exit: ").append(lastExit);
        }
        return text.append(node == null ? ", on no node" : ", on " + node).toString();
    }
}
