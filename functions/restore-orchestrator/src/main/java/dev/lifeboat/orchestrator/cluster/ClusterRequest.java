package dev.lifeboat.orchestrator.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;

/**
 * What {@code RecoverCluster} is asked to do: one record for each action, told apart by {@code action}. Every one may arrive twice, also
 * at the same time, and comes to the same result. What changes something looks at the lease first.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClusterRequest.Assess.class, name = "assess"),
    @JsonSubTypes.Type(value = ClusterRequest.FindGeneration.class, name = "find-generation"),
    @JsonSubTypes.Type(value = ClusterRequest.SelectConfig.class, name = "select-config"),
    @JsonSubTypes.Type(value = ClusterRequest.SnapshotVolume.class, name = "snapshot-volume"),
    @JsonSubTypes.Type(value = ClusterRequest.CreateStack.class, name = "create-stack"),
    @JsonSubTypes.Type(value = ClusterRequest.StackStatus.class, name = "stack-status"),
    @JsonSubTypes.Type(value = ClusterRequest.DeleteFailedStack.class, name = "delete-failed-stack"),
    @JsonSubTypes.Type(value = ClusterRequest.ClusterReady.class, name = "cluster-ready"),
    @JsonSubTypes.Type(value = ClusterRequest.BringVolume.class, name = "bring-volume"),
    @JsonSubTypes.Type(value = ClusterRequest.Apply.class, name = "apply"),
    @JsonSubTypes.Type(value = ClusterRequest.DiscardVolume.class, name = "discard-volume"),
    @JsonSubTypes.Type(value = ClusterRequest.CheckRoute.class, name = "check-route"),
    @JsonSubTypes.Type(value = ClusterRequest.FenceOld.class, name = "fence-old"),
    @JsonSubTypes.Type(value = ClusterRequest.UnfenceOld.class, name = "unfence-old"),
    @JsonSubTypes.Type(value = ClusterRequest.SwitchTarget.class, name = "switch-target"),
    @JsonSubTypes.Type(value = ClusterRequest.SwitchBack.class, name = "switch-back"),
    @JsonSubTypes.Type(value = ClusterRequest.FindRetired.class, name = "find-retired"),
    @JsonSubTypes.Type(value = ClusterRequest.DeleteOld.class, name = "delete-old")
})
public sealed interface ClusterRequest {
    /** On whose behalf, and of what; null for a look that is on nobody's. */
    RecoveryScope scope();

    /** Names the incident, for the log. */
    default String incident() {
        return scope().incident();
    }

    /** Which manifests are applied. */
    enum Part {
        /** All that serves: from the namespace to the Deployments and the way in. */
        @JsonProperty("base")
        BASE,
        /** The CronJobs that make backups: not before there is something to back up. */
        @JsonProperty("backups")
        BACKUPS
    }

    /**
     * Looks at the cluster that the target parameter names now, and says what follows; changes nothing.
     *
     * @param scope on whose behalf
     */
    record Assess(RecoveryScope scope) implements ClusterRequest {
        public Assess {
            Require.present("scope", scope);
        }
    }

    /**
     * Names the generation to build: the one that a rebuild has begun already, or the next that no stack has. Notes that it was begun.
     *
     * @param scope on whose behalf
     */
    record FindGeneration(RecoveryScope scope) implements ClusterRequest {
        public FindGeneration {
            Require.present("scope", scope);
        }
    }

    /**
     * Chooses the newest verified backup that has ConfigMaps, Secrets and images; changes nothing.
     *
     * @param scope on whose behalf
     */
    record SelectConfig(RecoveryScope scope) implements ClusterRequest {
        public SelectConfig {
            Require.present("scope", scope);
        }
    }

    /**
     * Takes a snapshot of PostgreSQL's volume, once for an incident, and says how far it is; to be asked again until it is complete.
     *
     * @param scope on whose behalf
     */
    record SnapshotVolume(RecoveryScope scope) implements ClusterRequest {
        public SnapshotVolume {
            Require.present("scope", scope);
        }
    }

    /**
     * Begins the generation's stack, unless it is there.
     *
     * @param scope on whose behalf
     * @param generation of action find-generation
     * @param attempt 1, or 2 for the other subnets and instance types
     */
    record CreateStack(RecoveryScope scope, Generation generation, int attempt) implements ClusterRequest {
        public CreateStack {
            of(scope, generation);
            Require.range("attempt", attempt, 1, 2);
        }
    }

    /**
     * Looks how far the generation's stack is; changes nothing.
     *
     * @param scope on whose behalf
     * @param generation of action find-generation
     */
    record StackStatus(RecoveryScope scope, Generation generation) implements ClusterRequest {
        public StackStatus {
            of(scope, generation);
        }
    }

    /**
     * Begins to delete the stack of a generation that did not come up. Refused for the generation that the target parameter names.
     *
     * @param scope on whose behalf
     * @param generation of action find-generation
     * @param stackId of action stack-status: one that was made since is left alone
     */
    record DeleteFailedStack(RecoveryScope scope, Generation generation, String stackId) implements ClusterRequest {
        public DeleteFailedStack {
            of(scope, generation);
            Require.text("stackId", stackId);
        }
    }

    /**
     * Looks whether the generation's cluster can take workloads; changes nothing.
     *
     * @param scope on whose behalf
     * @param generation of action find-generation
     */
    record ClusterReady(RecoveryScope scope, Generation generation) implements ClusterRequest {
        public ClusterReady {
            of(scope, generation);
        }
    }

    /**
     * Makes a volume of the snapshot where the generation's nodes are, once for an incident; to be asked again until it is available.
     *
     * @param scope on whose behalf
     * @param generation of action find-generation
     * @param snapshot its id, of action snapshot-volume
     */
    record BringVolume(RecoveryScope scope, Generation generation, String snapshot) implements ClusterRequest {
        public BringVolume {
            of(scope, generation);
            Require.text("snapshot", snapshot);
        }
    }

    /**
     * Applies the manifests, in their order, with what the config backup recorded.
     *
     * @param scope on whose behalf
     * @param generation of action find-generation
     * @param part which of them
     * @param configBackup the id of the backup, of action select-config
     * @param volume of action bring-volume; null for an empty one
     */
    record Apply(
            RecoveryScope scope,
            Generation generation,
            Part part,
            String configBackup,
            ClusterResults.VolumeBrought volume)
            implements ClusterRequest {
        public Apply {
            of(scope, generation);
            Require.present("part", part);
            Require.text("configBackup", configBackup);
        }
    }

    /**
     * Takes the brought volume away from PostgreSQL, which did not come up on it. The volume stays, and an empty one comes in its place
     * when the manifests are applied again.
     *
     * @param scope on whose behalf
     * @param generation of action find-generation
     */
    record DiscardVolume(RecoveryScope scope, Generation generation) implements ClusterRequest {
        public DiscardVolume {
            of(scope, generation);
        }
    }

    /**
     * Asks the target's health URLs through the generation's own load balancer, whatever DNS says; changes nothing.
     *
     * @param scope on whose behalf
     * @param generation of action find-generation
     */
    record CheckRoute(RecoveryScope scope, Generation generation) implements ClusterRequest {
        public CheckRoute {
            of(scope, generation);
        }
    }

    /**
     * Keeps the old cluster from taking writes: scaled to zero where its API answers, else its security group closed. Notes before what
     * it was.
     *
     * @param scope on whose behalf
     * @param generation of action find-generation
     */
    record FenceOld(RecoveryScope scope, Generation generation) implements ClusterRequest {
        public FenceOld {
            of(scope, generation);
        }
    }

    /**
     * Takes that back. Refused while the target parameter names the new generation.
     *
     * @param scope on whose behalf
     * @param generation of action find-generation
     */
    record UnfenceOld(RecoveryScope scope, Generation generation) implements ClusterRequest {
        public UnfenceOld {
            of(scope, generation);
        }
    }

    /**
     * Makes the target parameter name the new generation, which probes and later recoveries then look at.
     *
     * @param scope on whose behalf
     * @param generation of action find-generation
     * @param facts what the machine has come to, noted for whoever has to finish it; nothing here reads them
     */
    record SwitchTarget(RecoveryScope scope, Generation generation, JsonNode facts) implements ClusterRequest {
        public SwitchTarget {
            of(scope, generation);
            Require.present("facts", facts);
        }
    }

    /**
     * Makes it name the old cluster again.
     *
     * @param scope on whose behalf
     * @param generation of action find-generation
     */
    record SwitchBack(RecoveryScope scope, Generation generation) implements ClusterRequest {
        public SwitchBack {
            of(scope, generation);
        }
    }

    /**
     * Looks whether the cluster that a rebuild has replaced is due to be deleted; changes nothing.
     *
     * @param incident names who asks, for the log
     */
    record FindRetired(String incident) implements ClusterRequest {
        public FindRetired {
            Require.text("incident", incident);
        }

        @Override
        public RecoveryScope scope() {
            return null;
        }
    }

    /**
     * Begins to delete the old cluster's stack, and says how far that is. Beside: refused until the target parameter names the new
     * generation, which is looked at first. In place: refused without what everything can be brought back from.
     *
     * @param scope on whose behalf
     * @param generation of action find-generation
     * @param configBackup the id of the backup, of action select-config; null beside, where nothing has to be brought back
     */
    record DeleteOld(RecoveryScope scope, Generation generation, String configBackup) implements ClusterRequest {
        public DeleteOld {
            of(scope, generation);
            if (generation.inPlace()) {
                Require.text("configBackup", configBackup);
            }
        }
    }

    private static void of(RecoveryScope scope, Generation generation) {
        Require.present("scope", scope);
        Require.present("generation", generation);
    }
}
