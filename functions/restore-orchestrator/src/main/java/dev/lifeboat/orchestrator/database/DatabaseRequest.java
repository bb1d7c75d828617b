package dev.lifeboat.orchestrator.database;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.recovery.HeldLease;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.corruption.CorruptionRequest;
import dev.lifeboat.orchestrator.pointintime.PointInTimeRequest;
import java.util.List;

/**
 * What {@code RecoverDatabase} is asked to do: one record for each action, told apart by {@code action}. Every one may
 * arrive twice, also at the same time, and comes to the same result.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DatabaseRequest.AcquireLease.class, name = "acquire-lease"),
    @JsonSubTypes.Type(value = DatabaseRequest.RenewLease.class, name = "renew-lease"),
    @JsonSubTypes.Type(value = DatabaseRequest.ConfirmLease.class, name = "confirm-lease"),
    @JsonSubTypes.Type(value = DatabaseRequest.Assess.class, name = "assess"),
    @JsonSubTypes.Type(value = DatabaseRequest.RestartPod.class, name = "restart-pod"),
    @JsonSubTypes.Type(value = DatabaseRequest.SelectBackup.class, name = "select-backup"),
    @JsonSubTypes.Type(value = DatabaseRequest.Plan.class, name = "plan"),
    @JsonSubTypes.Type(value = DatabaseRequest.Prepare.class, name = "prepare"),
    @JsonSubTypes.Type(value = DatabaseRequest.RestoreShard.class, name = "restore-shard"),
    @JsonSubTypes.Type(value = DatabaseRequest.Finish.class, name = "finish"),
    @JsonSubTypes.Type(value = DatabaseRequest.Check.class, name = "check"),
    @JsonSubTypes.Type(value = DatabaseRequest.CutOver.class, name = "cut-over"),
    @JsonSubTypes.Type(value = DatabaseRequest.Undo.class, name = "undo"),
    @JsonSubTypes.Type(value = DatabaseRequest.ReopenLive.class, name = "reopen-live"),
    @JsonSubTypes.Type(value = DatabaseRequest.CheckConfig.class, name = "check-config"),
    @JsonSubTypes.Type(value = DatabaseRequest.DropScratch.class, name = "drop-scratch"),
    @JsonSubTypes.Type(value = PointInTimeRequest.ChooseRung.class, name = "choose-rung"),
    @JsonSubTypes.Type(value = PointInTimeRequest.FindTakeOver.class, name = "find-take-over"),
    @JsonSubTypes.Type(value = PointInTimeRequest.PlanPoint.class, name = "plan-point-in-time"),
    @JsonSubTypes.Type(value = PointInTimeRequest.CreateBeside.class, name = "create-beside"),
    @JsonSubTypes.Type(value = PointInTimeRequest.BesideStatus.class, name = "beside-status"),
    @JsonSubTypes.Type(value = PointInTimeRequest.Inspect.class, name = "inspect"),
    @JsonSubTypes.Type(value = PointInTimeRequest.PreparePromotion.class, name = "prepare-promotion"),
    @JsonSubTypes.Type(value = PointInTimeRequest.Promote.class, name = "promote"),
    @JsonSubTypes.Type(value = PointInTimeRequest.TakeOver.class, name = "take-over"),
    @JsonSubTypes.Type(value = PointInTimeRequest.QuarantineOld.class, name = "quarantine-old"),
    @JsonSubTypes.Type(value = PointInTimeRequest.ConfirmArchive.class, name = "confirm-archive"),
    @JsonSubTypes.Type(value = PointInTimeRequest.DiscardBeside.class, name = "discard-beside"),
    @JsonSubTypes.Type(value = PointInTimeRequest.UndoPoint.class, name = "undo-point-in-time"),
    @JsonSubTypes.Type(value = CorruptionRequest.AssessCorruption.class, name = "assess-corruption"),
    @JsonSubTypes.Type(value = CorruptionRequest.NextStep.class, name = "next-step"),
    @JsonSubTypes.Type(value = CorruptionRequest.JudgeStep.class, name = "judge-step"),
    @JsonSubTypes.Type(value = CorruptionRequest.CompareLost.class, name = "compare-lost"),
    @JsonSubTypes.Type(value = DatabaseRequest.ReleaseLease.class, name = "release-lease")
})
public sealed interface DatabaseRequest {
    /** Names the incident, for the log. */
    String incident();

    /** A request of an execution that holds the lease. */
    sealed interface Scoped extends DatabaseRequest {
        /** On whose behalf. */
        RecoveryScope scope();

        @Override
        default String incident() {
            return scope().incident();
        }
    }

    /** A request about an instance beside the live one, or its data; they are {@link PointInTimeRequest}s and {@link CorruptionRequest}s. */
    non-sealed interface OfInstance extends Scoped {}

    /**
     * Makes the execution the one that may change the target.
     *
     * @param incident names the incident
     * @param target what is to be recovered
     * @param execution the ARN of the asking execution
     * @param lease of the execution that has started it and waits for it, to act under; null when it is to take the lease itself
     */
    record AcquireLease(String incident, Target target, String execution, HeldLease lease) implements DatabaseRequest {
        public AcquireLease {
            Require.text("incident", incident);
            Require.present("target", target);
            Require.text("execution", execution);
        }
    }

    /**
     * Gives the lease's holder a newer token, so that what was done under the older one is fenced off.
     *
     * @param scope on whose behalf, with the token until now
     * @param execution the ARN of the asking execution, which holds the lease
     */
    record RenewLease(RecoveryScope scope, String execution) implements Scoped {
        public RenewLease {
            Require.present("scope", scope);
            Require.text("execution", execution);
        }
    }

    /**
     * Looks whether the lease is still the scope's; changes nothing.
     *
     * @param scope on whose behalf
     */
    record ConfirmLease(RecoveryScope scope) implements Scoped {
        public ConfirmLease {
            Require.present("scope", scope);
        }
    }

    /**
     * Looks at the database; changes nothing.
     *
     * @param scope on whose behalf
     */
    record Assess(RecoveryScope scope) implements Scoped {
        public Assess {
            Require.present("scope", scope);
        }
    }

    /**
     * Deletes PostgreSQL's pod, which its StatefulSet then makes anew on the same volume.
     *
     * @param scope on whose behalf
     * @param pod the pod's name, as the assessment found it
     * @param uid the pod's uid, as the assessment found it: a pod that was made since is left alone
     */
    record RestartPod(RecoveryScope scope, String pod, String uid) implements Scoped {
        public RestartPod {
            Require.present("scope", scope);
            Require.text("pod", pod);
            Require.text("uid", uid);
        }
    }

    /**
     * Chooses what to restore.
     *
     * @param scope on whose behalf
     * @param rejected backups that this recovery has tried in vain
     */
    record SelectBackup(RecoveryScope scope, List<RejectedBackup> rejected) implements Scoped {
        public SelectBackup {
            Require.present("scope", scope);
            rejected = List.copyOf(Require.present("rejected", rejected));
        }
    }

    /**
     * Reads the backup's table of contents and writes down how it will be restored.
     *
     * @param scope on whose behalf
     * @param backupId the chosen backup
     */
    record Plan(RecoveryScope scope, String backupId) implements Scoped {
        public Plan {
            Require.present("scope", scope);
            Require.text("backupId", backupId);
        }
    }

    /**
     * Makes the restore database and its schema.
     *
     * @param scope on whose behalf
     * @param planKey where the plan lies in the backup bucket
     */
    record Prepare(RecoveryScope scope, String planKey) implements Scoped {
        public Prepare {
            planned(scope, planKey);
        }
    }

    /**
     * Copies the rows of one shard.
     *
     * @param scope on whose behalf
     * @param planKey where the plan lies in the backup bucket
     * @param shard an index of the plan, 0 or more
     */
    record RestoreShard(RecoveryScope scope, String planKey, int shard) implements Scoped {
        public RestoreShard {
            planned(scope, planKey);
            Require.range("shard", shard, 0, Integer.MAX_VALUE);
        }
    }

    /**
     * Makes indexes, constraints and all else that follows the rows; to be asked again until finished.
     *
     * @param scope on whose behalf
     * @param planKey where the plan lies in the backup bucket
     */
    record Finish(RecoveryScope scope, String planKey) implements Scoped {
        public Finish {
            planned(scope, planKey);
        }
    }

    /**
     * Compares what was restored with what the backup's verification read.
     *
     * @param scope on whose behalf
     * @param planKey where the plan lies in the backup bucket
     */
    record Check(RecoveryScope scope, String planKey) implements Scoped {
        public Check {
            planned(scope, planKey);
        }
    }

    /**
     * Puts the restored database in the place of the lost one, which is kept as quarantine.
     *
     * @param scope on whose behalf
     * @param planKey where the plan lies in the backup bucket
     */
    record CutOver(RecoveryScope scope, String planKey) implements Scoped {
        public CutOver {
            planned(scope, planKey);
        }
    }

    /**
     * Takes a cut-over back.
     *
     * @param scope on whose behalf
     * @param planKey where the plan lies in the backup bucket
     */
    record Undo(RecoveryScope scope, String planKey) implements Scoped {
        public Undo {
            planned(scope, planKey);
        }
    }

    /**
     * Admits applications to the live database again, if a step of a recovery closed it.
     *
     * @param scope on whose behalf
     */
    record ReopenLive(RecoveryScope scope) implements Scoped {
        public ReopenLive {
            Require.present("scope", scope);
        }
    }

    /**
     * Compares the configuration that a backup has with what the workloads need that run now; changes nothing.
     *
     * @param scope on whose behalf
     * @param backupId the backup
     */
    record CheckConfig(RecoveryScope scope, String backupId) implements Scoped {
        public CheckConfig {
            Require.present("scope", scope);
            Require.text("backupId", backupId);
        }
    }

    /**
     * Drops every database that drills of this target have made; refused for a live target.
     *
     * @param scope on whose behalf
     */
    record DropScratch(RecoveryScope scope) implements Scoped {
        public DropScratch {
            Require.present("scope", scope);
        }
    }

    /**
     * Lets others recover the target.
     *
     * @param scope on whose behalf
     */
    record ReleaseLease(RecoveryScope scope) implements Scoped {
        public ReleaseLease {
            Require.present("scope", scope);
        }
    }

    private static void planned(RecoveryScope scope, String planKey) {
        Require.present("scope", scope);
        Require.text("planKey", planKey);
    }
}
