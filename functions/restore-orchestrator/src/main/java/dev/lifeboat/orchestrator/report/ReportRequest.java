package dev.lifeboat.orchestrator.report;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.recovery.Mode;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Trigger;
import dev.lifeboat.kubernetes.RolledBack;
import dev.lifeboat.orchestrator.application.ApplicationAssessment;
import dev.lifeboat.orchestrator.application.ApplicationResults.Deployment;
import dev.lifeboat.orchestrator.application.ApplicationResults.Health;
import dev.lifeboat.orchestrator.application.ApplicationResults.Rollout;
import dev.lifeboat.orchestrator.application.ApplicationResults.Verified;
import dev.lifeboat.orchestrator.application.Failover;
import dev.lifeboat.orchestrator.cluster.ClusterAssessment;
import dev.lifeboat.orchestrator.cluster.ClusterResults.ConfigChoice;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.ClusterResults.OldFenced;
import dev.lifeboat.orchestrator.cluster.ClusterResults.RouteHealth;
import dev.lifeboat.orchestrator.cluster.ClusterResults.StackState;
import dev.lifeboat.orchestrator.cluster.ClusterResults.TargetSwitched;
import dev.lifeboat.orchestrator.cluster.ClusterResults.VolumeBrought;
import dev.lifeboat.orchestrator.cluster.ClusterResults.VolumeSnapshot;
import dev.lifeboat.orchestrator.corruption.CorruptionAssessment;
import dev.lifeboat.orchestrator.corruption.LostRows;
import dev.lifeboat.orchestrator.corruption.SearchResult;
import dev.lifeboat.orchestrator.database.Assessment;
import dev.lifeboat.orchestrator.database.BackupChoice;
import dev.lifeboat.orchestrator.database.RejectedBackup;
import dev.lifeboat.orchestrator.database.StepResults.CutOverDone;
import dev.lifeboat.orchestrator.database.StepResults.RestoreChecked;
import dev.lifeboat.orchestrator.database.StepResults.Restored;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.ArchiveSeen;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.Inspected;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.OldQuarantined;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.PointPlan;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.Promoted;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.RungChosen;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.TookOver;
import dev.lifeboat.orchestrator.pointintime.RecoveryPoint;
import dev.lifeboat.report.DnsChange;
import dev.lifeboat.report.Failure;
import dev.lifeboat.report.Outcome;
import java.util.List;

/** What {@code RecoveryReport} is asked to do, told apart by {@code action}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReportRequest.Report.class, name = "report"),
    @JsonSubTypes.Type(value = ReportRequest.RequestApproval.class, name = "request-approval"),
    @JsonSubTypes.Type(value = ReportRequest.ReportApplication.class, name = "report-application"),
    @JsonSubTypes.Type(value = ReportRequest.RequestApplicationApproval.class, name = "request-application-approval"),
    @JsonSubTypes.Type(value = ReportRequest.ReportFailover.class, name = "report-failover"),
    @JsonSubTypes.Type(value = ReportRequest.ReportCluster.class, name = "report-cluster"),
    @JsonSubTypes.Type(value = ReportRequest.RequestClusterApproval.class, name = "request-cluster-approval"),
    @JsonSubTypes.Type(value = ReportRequest.ReportPointInTime.class, name = "report-point-in-time"),
    @JsonSubTypes.Type(value = ReportRequest.RequestPointApproval.class, name = "request-point-approval"),
    @JsonSubTypes.Type(value = ReportRequest.ReportCorruption.class, name = "report-corruption"),
    @JsonSubTypes.Type(value = ReportRequest.RequestCorruptionApproval.class, name = "request-corruption-approval")
})
public sealed interface ReportRequest {
    /** On whose behalf. */
    RecoveryScope scope();

    /**
     * Ends a recovery in a report. The facts are the outputs of the other actions, unchanged; null where the machine did not
     * come to them.
     *
     * @param scope on whose behalf
     * @param trigger what started the recovery
     * @param execution the ARN of the execution whose steps are reported
     * @param outcome how it ended
     * @param assessment of action assess: the last one
     * @param permission what an assessment called for last, and whether it was allowed; null when none called for anything
     * @param backup of action select-backup: the last one whose restore was begun
     * @param rejected backups that were tried in vain, in the order tried
     * @param restored what the machine added up of the actions restore-shard and finish, of the last backup that was tried
     * @param check of action check
     * @param planKey of action plan: the last one, whose restore may lie beside the live database
     * @param cutOver of action cut-over
     * @param applications of action rollout-status: the last one
     * @param health of action check-health: the last one
     * @param dns of DnsFailover's action ensure
     * @param failure what ended it, or what went wrong beside it
     * @param problems everything that went wrong without ending it, in that order
     * @param rung of action choose-rung; null when it did not come to that
     * @param pointInTime what recover-point-in-time ended in; null when it was not tried, or ended in an error
     */
    record Report(
            RecoveryScope scope,
            Trigger trigger,
            String execution,
            Outcome outcome,
            Assessment assessment,
            Permission permission,
            BackupChoice backup,
            List<RejectedBackup> rejected,
            Restored restored,
            RestoreChecked check,
            String planKey,
            CutOverDone cutOver,
            Rollout applications,
            Health health,
            Dns dns,
            Failure failure,
            List<Failure> problems,
            RungChosen rung,
            PointOutcome pointInTime)
            implements ReportRequest {
        public Report {
            ending(scope, trigger, execution, outcome);
            rejected = Require.listOrEmpty(rejected);
            problems = Require.listOrEmpty(problems);
        }
    }

    /**
     * Asks a person by a notification, which holds the evidence and the two commands that answer.
     *
     * @param scope on whose behalf
     * @param execution the ARN of the execution that waits
     * @param taskToken what the answer is given under
     * @param timeoutSeconds how long the execution waits for it, 1 or more
     * @param assessment of action assess: the last one
     * @param permission what is asked for
     */
    record RequestApproval(
            RecoveryScope scope,
            String execution,
            String taskToken,
            int timeoutSeconds,
            Assessment assessment,
            Permission permission)
            implements ReportRequest {
        public RequestApproval {
            question(scope, execution, taskToken, timeoutSeconds, assessment, permission);
        }
    }

    /**
     * Ends a recovery of the application in a report.
     *
     * @param scope on whose behalf
     * @param trigger what started the recovery
     * @param execution the ARN of the execution whose steps are reported
     * @param outcome how it ended
     * @param assessment of RecoverApplication's action assess: the last one
     * @param failed of the same: the last one that called for something, which has the last lines of what failed
     * @param permission what an assessment called for last, and whether it was allowed; null when none called for anything
     * @param restarted every Deployment that was restarted, in the order of doing
     * @param rolledBack every Deployment that was rolled back, in the order of doing
     * @param verified of action verify: the last one
     * @param failure what ended it
     * @param problems everything that went wrong without ending it, in that order
     */
    record ReportApplication(
            RecoveryScope scope,
            Trigger trigger,
            String execution,
            Outcome outcome,
            ApplicationAssessment assessment,
            ApplicationAssessment failed,
            Permission permission,
            List<Deployment> restarted,
            List<RolledBack> rolledBack,
            Verified verified,
            Failure failure,
            List<Failure> problems)
            implements ReportRequest {
        public ReportApplication {
            ending(scope, trigger, execution, outcome);
            restarted = Require.listOrEmpty(restarted);
            rolledBack = Require.listOrEmpty(rolledBack);
            problems = Require.listOrEmpty(problems);
        }
    }

    /**
     * Asks a person about a repair of the application, as {@link RequestApproval} does.
     *
     * @param scope on whose behalf
     * @param execution the ARN of the execution that waits
     * @param taskToken what the answer is given under
     * @param timeoutSeconds how long the execution waits for it, 1 or more
     * @param assessment of RecoverApplication's action assess: the last one
     * @param permission what is asked for
     */
    record RequestApplicationApproval(
            RecoveryScope scope,
            String execution,
            String taskToken,
            int timeoutSeconds,
            ApplicationAssessment assessment,
            Permission permission)
            implements ReportRequest {
        public RequestApplicationApproval {
            question(scope, execution, taskToken, timeoutSeconds, assessment, permission);
        }
    }

    /**
     * Adds the failover test to the report of the drill's restore, which was written before it. Nobody is told: the drill tells of both.
     *
     * @param scope the drill's
     * @param node that was cordoned; null when none was
     * @param progress of RecoverApplication's action evict: the last one; null when nothing was evicted
     * @param leftCordoned whether the node could not be let go
     * @param failure what the drill has failed of; null when it has not
     */
    record ReportFailover(
            RecoveryScope scope, String node, Failover.Progress progress, boolean leftCordoned, Failure failure)
            implements ReportRequest {
        public ReportFailover {
            Require.present("scope", scope);
        }
    }

    /**
     * Ends the rebuild of a cluster in a report. The facts are the outputs of the other actions, unchanged; null where the machine did
     * not come to them.
     *
     * @param scope on whose behalf
     * @param trigger what started the recovery
     * @param execution the ARN of the execution whose steps are reported
     * @param outcome how it ended
     * @param assessment of RecoverCluster's action assess: the last one
     * @param permission what an assessment called for, and whether it was allowed; null when none called for a rebuild
     * @param generation of action find-generation
     * @param saved what was found to bring back
     * @param stack of action stack-status: the last one
     * @param volume of action bring-volume; null when PostgreSQL got an empty one
     * @param recovery the output of the nested recovery of the database; null when it failed
     * @param applications of action rollout-status: the last one
     * @param route of action check-route: the last one
     * @param fenced of action fence-old
     * @param dns of DnsFailover's action ensure
     * @param switched of action switch-target
     * @param health of action check-health: the last one
     * @param failure what ended it, or what went wrong beside it
     * @param problems everything that went wrong without ending it, in that order
     */
    record ReportCluster(
            RecoveryScope scope,
            Trigger trigger,
            String execution,
            Outcome outcome,
            ClusterAssessment assessment,
            Permission permission,
            Generation generation,
            Saved saved,
            StackState stack,
            VolumeBrought volume,
            NestedRecovery recovery,
            Rollout applications,
            RouteHealth route,
            OldFenced fenced,
            Dns dns,
            TargetSwitched switched,
            Health health,
            Failure failure,
            List<Failure> problems)
            implements ReportRequest {
        public ReportCluster {
            ending(scope, trigger, execution, outcome);
            problems = Require.listOrEmpty(problems);
        }
    }

    /**
     * What was found to bring back, before anything was built.
     *
     * @param backup of the database; null when none is verified
     * @param config the ConfigMaps, Secrets and images; null when no verified backup has them
     * @param without why there is no config; null when there is one
     * @param snapshot of the old cluster's volume
     */
    record Saved(BackupChoice backup, ConfigChoice config, Failure without, VolumeSnapshot snapshot) {}

    /**
     * What recover-database ended in.
     *
     * @param outcome how, such as {@code recovered} or {@code joined}
     * @param detail why it joined another; null when it did not
     * @param report where its own report lies
     * @param backup the one that it restored
     * @param restored how much
     * @param check against the backup
     * @param cutOver the swap
     */
    record NestedRecovery(
            String outcome,
            String detail,
            RecoveryReporting.Reported report,
            BackupChoice backup,
            Restored restored,
            RestoreChecked check,
            CutOverDone cutOver) {}

    /**
     * Asks a person whether a cluster may be rebuilt.
     *
     * @param scope on whose behalf
     * @param execution the ARN of the execution that waits
     * @param taskToken what the answer is given under
     * @param timeoutSeconds how long the execution waits for it, 1 or more
     * @param assessment of RecoverCluster's action assess: the last one
     * @param permission what is asked for
     */
    record RequestClusterApproval(
            RecoveryScope scope,
            String execution,
            String taskToken,
            int timeoutSeconds,
            ClusterAssessment assessment,
            Permission permission)
            implements ReportRequest {
        public RequestClusterApproval {
            question(scope, execution, taskToken, timeoutSeconds, assessment, permission);
        }
    }

    /**
     * What recover-point-in-time ended in.
     *
     * @param outcome how: {@code recovered}, {@code observed}, {@code not-approved}, or {@code not-reached} when it is as it was
     * @param failure what ended it; null when nothing did
     * @param plan of action plan-point-in-time
     * @param inspection of action inspect
     * @param promoted of action promote
     * @param takeOver of action take-over
     * @param lost of action compare-lost; null when it was not compared
     * @param quarantined of action quarantine-old; null when nothing was taken out of use
     * @param archive of action confirm-archive: the last one
     * @param problems everything that went wrong without ending it
     * @param report where its own report lies; null when whoever started it reports
     */
    record PointOutcome(
            String outcome,
            Failure failure,
            PointPlan plan,
            Inspected inspection,
            Promoted promoted,
            TookOver takeOver,
            LostRows lost,
            OldQuarantined quarantined,
            ArchiveSeen archive,
            List<Failure> problems,
            RecoveryReporting.Reported report) {
        public PointOutcome {
            problems = Require.listOrEmpty(problems);
        }
    }

    /**
     * Ends a recovery to a point in time in a report.
     *
     * @param scope on whose behalf
     * @param trigger what started the recovery
     * @param execution the ARN of the execution whose steps are reported
     * @param outcome how it ended
     * @param mode as it was read last
     * @param point that was asked for
     * @param plan of action plan-point-in-time; null when it cannot be reached
     * @param inspection of action inspect
     * @param promoted of action promote
     * @param takeOver of action take-over
     * @param lost of action compare-lost; null when it was not compared
     * @param quarantined of action quarantine-old; null when nothing was taken out of use
     * @param archive of action confirm-archive: the last one
     * @param applications of action rollout-status: the last one
     * @param approval null when nobody was asked
     * @param failure what ended it
     * @param problems everything that went wrong without ending it, in that order
     */
    record ReportPointInTime(
            RecoveryScope scope,
            Trigger trigger,
            String execution,
            Outcome outcome,
            Mode mode,
            RecoveryPoint point,
            PointPlan plan,
            Inspected inspection,
            Promoted promoted,
            TookOver takeOver,
            LostRows lost,
            OldQuarantined quarantined,
            ArchiveSeen archive,
            Rollout applications,
            Approval approval,
            Failure failure,
            List<Failure> problems)
            implements ReportRequest {
        public ReportPointInTime {
            ending(scope, trigger, execution, outcome);
            Require.present("mode", mode);
            Require.present("point", point);
            problems = Require.listOrEmpty(problems);
        }
    }

    /**
     * Asks a person whether a database may be replaced by what it was at a point in time.
     *
     * @param scope on whose behalf
     * @param execution the ARN of the execution that waits
     * @param taskToken what the answer is given under
     * @param timeoutSeconds how long the execution waits for it, 1 or more
     * @param plan of action plan-point-in-time
     */
    record RequestPointApproval(
            RecoveryScope scope, String execution, String taskToken, int timeoutSeconds, PointPlan plan)
            implements ReportRequest {
        public RequestPointApproval {
            question(scope, execution, taskToken, timeoutSeconds);
            Require.present("plan", plan);
        }
    }

    /**
     * Ends a recovery of corrupted data in a report.
     *
     * @param scope on whose behalf
     * @param trigger what started the recovery
     * @param execution the ARN of the execution whose steps are reported
     * @param outcome how it ended
     * @param assessment of RecoverDatabase's action assess-corruption: the one that called for a search, else the last one
     * @param permission to go back, and whether it was given; null when it did not come to that
     * @param result of action next-step; null when the search did not end
     * @param recovery what recover-point-in-time ended in; null when it was not started, or ended in an error
     * @param checked of action assess-corruption, after it
     * @param failure what ended it
     * @param problems everything that went wrong without ending it, in that order
     */
    record ReportCorruption(
            RecoveryScope scope,
            Trigger trigger,
            String execution,
            Outcome outcome,
            CorruptionAssessment assessment,
            Permission permission,
            SearchResult result,
            PointOutcome recovery,
            CorruptionAssessment checked,
            Failure failure,
            List<Failure> problems)
            implements ReportRequest {
        public ReportCorruption {
            ending(scope, trigger, execution, outcome);
            problems = Require.listOrEmpty(problems);
        }
    }

    /**
     * Asks a person whether a database may go back to its last good transaction, as {@link RequestApproval} does.
     *
     * @param scope on whose behalf
     * @param execution the ARN of the execution that waits
     * @param taskToken what the answer is given under
     * @param timeoutSeconds how long the execution waits for it, 1 or more
     * @param assessment of RecoverDatabase's action assess-corruption: the one that called for a search
     * @param permission what is asked for
     * @param result what the search found
     */
    record RequestCorruptionApproval(
            RecoveryScope scope,
            String execution,
            String taskToken,
            int timeoutSeconds,
            CorruptionAssessment assessment,
            Permission permission,
            SearchResult result)
            implements ReportRequest {
        public RequestCorruptionApproval {
            question(scope, execution, taskToken, timeoutSeconds, assessment, permission);
            Require.present("result", result);
        }
    }

    /**
     * What DnsFailover answered.
     *
     * @param changed whether any record was changed
     * @param records in the target's order
     */
    record Dns(boolean changed, List<DnsChange> records) {
        public Dns {
            records = Require.listOrEmpty(records);
        }
    }

    /** What every report needs. */
    private static void ending(RecoveryScope scope, Trigger trigger, String execution, Outcome outcome) {
        Require.present("scope", scope);
        Require.present("trigger", trigger);
        Require.text("execution", execution);
        Require.present("outcome", outcome);
    }

    /** What a person needs to be asked. */
    private static void question(
            RecoveryScope scope,
            String execution,
            String taskToken,
            int timeoutSeconds,
            Object assessment,
            Permission permission) {
        question(scope, execution, taskToken, timeoutSeconds);
        Require.present("assessment", assessment);
        Require.present("permission", permission);
    }

    private static void question(RecoveryScope scope, String execution, String taskToken, int timeoutSeconds) {
        Require.present("scope", scope);
        Require.text("execution", execution);
        Require.text("taskToken", taskToken);
        Require.range("timeoutSeconds", timeoutSeconds, 1, Integer.MAX_VALUE);
    }
}
