package dev.lifeboat.orchestrator.connection;

import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClaimState;
import dev.lifeboat.kubernetes.LastTakeOver;
import dev.lifeboat.kubernetes.PodState;
import dev.lifeboat.kubernetes.PostgresEndpoint;
import java.util.List;
import java.util.Optional;

/**
 * Where a target's PostgreSQL runs, as Kubernetes says now. Every method throws
 * {@link dev.lifeboat.contract.error.KubernetesUnavailableException} when the API does not answer and
 * {@link dev.lifeboat.contract.error.MisconfiguredException} when the target's Service cannot be used.
 */
public interface PostgresPlace {
    /**
     * The address of its pod.
     *
     * @throws dev.lifeboat.contract.error.KubernetesUnavailableException when no pod has an address now, too
     */
    PostgresEndpoint locate(Target target);

    /** Its pod; empty when there is none. */
    Optional<PodState> pod(Target target);

    /** The claims of its pod, in the pod's order; empty when there is no pod, or none with a claim. */
    List<ClaimState> claims(Target target);

    /**
     * The id of the EBS volume behind a claim's PersistentVolume; empty when there is none behind it.
     *
     * @param volume the PersistentVolume's name
     */
    Optional<String> ebsVolume(Target target, String volume);

    /** The take-over that put the instance in place that is live; empty when none did. */
    Optional<LastTakeOver> lastTakeOver(Target target);

    /**
     * Deletes just this pod, never a later one of the same name.
     *
     * @param token the fencing token
     * @return false when it is gone already
     * @throws dev.lifeboat.contract.error.FencedOffException when a newer recovery wrote to it
     */
    boolean deletePod(Target target, String pod, String uid, long token);
}
