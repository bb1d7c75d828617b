package dev.lifeboat.orchestrator.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.application.ApplicationResults.UrlHealth;
import java.time.Instant;
import java.util.List;

/** What the cluster actions answer. */
public final class ClusterResults {
    private ClusterResults() {}

    /**
     * The cluster that is built.
     *
     * @param name such as {@code g2}; empty for one that takes the old one's place under its name
     * @param cluster its name
     * @param stack its stack's name
     * @param previous the old cluster's name
     * @param inPlace whether the old one goes first
     */
    public record Generation(String name, String cluster, String stack, String previous, boolean inPlace) {
        public Generation {
            Require.present("generation.name", name);
            Require.text("generation.cluster", cluster);
            Require.text("generation.stack", stack);
            Require.text("generation.previous", previous);
        }
    }

    /**
     * The backup that the configuration comes from.
     *
     * @param backupId its id
     * @param takenAt when the configuration was read
     * @param objects how many ConfigMaps and Secrets it has
     * @param workloads how many workloads' images it has
     */
    public record ConfigChoice(String backupId, Instant takenAt, int objects, int workloads) {}

    /** How far a snapshot is. */
    public enum SnapshotState {
        /** There is no volume to take one of. */
        @JsonProperty("none")
        NONE,
        @JsonProperty("pending")
        PENDING,
        @JsonProperty("ready")
        READY,
        @JsonProperty("failed")
        FAILED
    }

    /**
     * The snapshot of the old cluster's volume.
     *
     * @param state how far it is
     * @param volume the old volume's id; null when there is none
     * @param snapshot its id; null when there is none
     * @param reason one sentence
     */
    public record VolumeSnapshot(SnapshotState state, String volume, String snapshot, String reason) {}

    /**
     * The volume that was made of the snapshot.
     *
     * @param ready whether a node can take it
     * @param volume its id
     * @param zone the availability zone that it is in
     * @param gibibytes its size
     */
    public record VolumeBrought(boolean ready, String volume, String zone, int gibibytes) {
        public VolumeBrought {
            Require.text("volume.volume", volume);
            Require.text("volume.zone", zone);
        }
    }

    /** How far a stack is. */
    public enum StackStatus {
        @JsonProperty("absent")
        ABSENT,
        @JsonProperty("creating")
        CREATING,
        @JsonProperty("complete")
        COMPLETE,
        /** It did not come up: rolled back, or rolling back. */
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("deleting")
        DELETING
    }

    /**
     * A stack.
     *
     * @param stack its name
     * @param id its id, which no other stack of that name has; null when there is none
     * @param status how far it is
     * @param reason one sentence
     * @param events what failed in it, first things first; at most ten
     */
    public record StackState(String stack, String id, StackStatus status, String reason, List<String> events) {
        public StackState {
            events = Require.listOrEmpty(events);
        }
    }

    /**
     * Whether a cluster can take workloads.
     *
     * @param ready whether it can
     * @param nodes that are ready
     * @param reason what it waits for
     */
    public record ClusterReadiness(boolean ready, int nodes, String reason) {}

    /**
     * What was applied.
     *
     * @param objects how many
     * @param images how many containers got the image that the backup recorded
     */
    public record Applied(int objects, int images) {}

    /**
     * The volume that PostgreSQL did not come up on.
     *
     * @param claim the claim that was deleted
     * @param deleted false when it was gone already
     */
    public record VolumeDiscarded(String claim, boolean deleted) {}

    /**
     * What the health URLs answer through the load balancer.
     *
     * @param healthy whether all answer 200; true when there is none to ask
     * @param hostname of the load balancer; null when it has an address alone, or the target names none
     * @param ip its address; null when it has a host name alone
     * @param reason one sentence
     * @param results in the target's order
     */
    public record RouteHealth(boolean healthy, String hostname, String ip, String reason, List<UrlHealth> results) {
        public RouteHealth {
            results = Require.listOrEmpty(results);
        }
    }

    /** How the old cluster is kept from taking writes. */
    public enum FencedHow {
        /** There is nothing of it any more. */
        @JsonProperty("gone")
        GONE,
        /** Its workloads are scaled to zero, its CronJobs suspended. */
        @JsonProperty("scaled")
        SCALED,
        /** Nothing gets through its security groups. */
        @JsonProperty("network-closed")
        NETWORK_CLOSED
    }

    /**
     * The old cluster is fenced.
     *
     * @param how by what
     * @param workloads how many were scaled to zero or suspended
     * @param rules how many rules of security groups were revoked
     * @param key where it is noted in the backup bucket, for the undo
     */
    public record OldFenced(FencedHow how, int workloads, int rules, String key) {}

    /**
     * What the target parameter names.
     *
     * @param parameter its name
     * @param from the cluster that it named before
     * @param to the cluster that it names now
     * @param changed false when it named it already
     */
    public record TargetSwitched(String parameter, String from, String to, boolean changed) {}

    /**
     * The cluster that a rebuild has replaced.
     *
     * @param due whether it is to be deleted now
     * @param reason one sentence
     * @param generation that replaced it; null when it is not due
     * @param target as it is recovered now; null when it is not due
     * @param left what outlives the old cluster's stack and costs as before, each with the command that deletes it; empty while the stack is there
     */
    public record Retired(boolean due, String reason, Generation generation, Target target, List<String> left) {
        public Retired {
            Require.text("reason", reason);
            left = Require.listOrEmpty(left);
        }
    }
}
