package dev.lifeboat.kubernetes;

import dev.lifeboat.contract.Require;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Objects;

/**
 * What Kubernetes says of a PersistentVolumeClaim: facts for an assessment, no judgement.
 *
 * @param name the claim's name
 * @param phase Pending, Bound or Lost, which is to say that its PersistentVolume is gone; null when there is no such claim
 * @param volume the PersistentVolume's name, null before it has one
 */
public record ClaimState(String name, String phase, String volume) {
    public ClaimState {
        Require.text("name", name);
    }

    /** @param found null when there is no such claim */
    static ClaimState of(String name, PersistentVolumeClaim found) {
        if (found == null) {
            return new ClaimState(name, null, null);
        }
        return new ClaimState(
                name,
                found.getStatus() == null
                        ? "Pending"
                        : Objects.requireNonNullElse(found.getStatus().getPhase(), "Pending"),
                found.getSpec() == null ? null : found.getSpec().getVolumeName());
    }

    /** Whether the claim or its volume is gone. */
    public boolean missing() {
        return phase == null || phase.equals("Lost");
    }

    /** Whether it has its volume. */
    public boolean bound() {
        return "Bound".equals(phase);
    }

    /** For a report: {@code claim data-postgres-0 is Lost: its volume pvc-1 is gone}. */
    public String summary() {
        if (phase == null) {
            return "claim " + name + " does not exist";
        }
        String text = "claim " + name + " is " + phase;
        if (missing()) {
            return text + ": its volume " + (volume == null ? "" : volume + " ") + "is gone";
        }
        return volume == null ? text : text + ", volume " + volume;
    }
}
