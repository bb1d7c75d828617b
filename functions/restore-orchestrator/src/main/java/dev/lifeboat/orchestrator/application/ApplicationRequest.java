package dev.lifeboat.orchestrator.application;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.contract.recovery.Trigger;
import java.time.Instant;
import java.util.List;

/**
 * What {@code RecoverApplication} is asked to do: one record for each action, told apart by {@code action}. The
 * target says to what.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ApplicationRequest.Assess.class, name = "assess"),
    @JsonSubTypes.Type(value = ApplicationRequest.Restart.class, name = "restart"),
    @JsonSubTypes.Type(value = ApplicationRequest.RestartDeployments.class, name = "restart-deployments"),
    @JsonSubTypes.Type(value = ApplicationRequest.RollBack.class, name = "roll-back"),
    @JsonSubTypes.Type(value = ApplicationRequest.Verify.class, name = "verify"),
    @JsonSubTypes.Type(value = ApplicationRequest.HandOver.class, name = "hand-over"),
    @JsonSubTypes.Type(value = ApplicationRequest.Cordon.class, name = "cordon"),
    @JsonSubTypes.Type(value = ApplicationRequest.Evict.class, name = "evict"),
    @JsonSubTypes.Type(value = ApplicationRequest.Uncordon.class, name = "uncordon"),
    @JsonSubTypes.Type(value = ApplicationRequest.RolloutStatus.class, name = "rollout-status"),
    @JsonSubTypes.Type(value = ApplicationRequest.CheckHealth.class, name = "check-health"),
    @JsonSubTypes.Type(value = ApplicationRequest.FindLoadBalancer.class, name = "find-load-balancer"),
    @JsonSubTypes.Type(value = ApplicationRequest.RunBackup.class, name = "run-backup"),
    @JsonSubTypes.Type(value = ApplicationRequest.BackupStatus.class, name = "backup-status")
})
public sealed interface ApplicationRequest {
    /** The incident that it belongs to. */
    String incident();

    /** What is done to a target under its lease. */
    sealed interface Scoped extends ApplicationRequest {
        /** On whose behalf, and to what. */
        RecoveryScope scope();

        @Override
        default String incident() {
            return scope().incident();
        }
    }

    /**
     * Looks at the target's Deployments, at nodes, at PostgreSQL's pod and at the health URLs, and says what follows; changes nothing.
     *
     * @param scope on whose behalf
     * @param tried what this recovery has rolled back to in vain, may be missing
     */
    record Assess(RecoveryScope scope, List<TriedRevision> tried) implements Scoped {
        public Assess {
            Require.present("scope", scope);
            tried = Require.listOrEmpty(tried);
        }
    }

    /**
     * Replaces the pods of some of the target's Deployments, once for an incident.
     *
     * @param scope on whose behalf
     * @param deployments their names, of which the target has to have each
     */
    record RestartDeployments(RecoveryScope scope, List<String> deployments) implements Scoped {
        public RestartDeployments {
            Require.present("scope", scope);
            deployments = List.copyOf(Require.present("deployments", deployments));
            requireOfTarget(scope, deployments);
        }
    }

    /**
     * Rolls Deployments back. What has the content already is left as it is, so it may be asked for again.
     *
     * @param scope on whose behalf
     * @param rollBacks as action assess answered them
     */
    record RollBack(RecoveryScope scope, List<RollBackTo> rollBacks) implements Scoped {
        public RollBack {
            Require.present("scope", scope);
            rollBacks = List.copyOf(Require.present("rollBacks", rollBacks));
            requireOfTarget(
                    scope, rollBacks.stream().map(RollBackTo::deployment).toList());
        }
    }

    /**
     * Looks once whether the Deployments are rolled out, crash in no loop and are healthy from outside; changes nothing.
     *
     * @param scope on whose behalf
     * @param wellSince since when they were, as the look before answered it; null when they were not
     */
    record Verify(RecoveryScope scope, Instant wellSince) implements Scoped {
        public Verify {
            Require.present("scope", scope);
        }
    }

    /**
     * Starts another recovery of the same target, once for an incident. The lease has to be given back before: that recovery takes it.
     *
     * @param scope whose incident and target go on
     * @param trigger what started this one, and so that one
     * @param machine the ARN of the state machine that is started
     * @param starter the name of the execution that hands over: it does so once
     */
    record HandOver(RecoveryScope scope, Trigger trigger, String machine, String starter) implements Scoped {
        public HandOver {
            Require.present("scope", scope);
            Require.present("trigger", trigger);
            Require.text("machine", machine);
            Require.text("starter", starter);
        }
    }

    /**
     * Replaces the pods of the target's Deployments, once for an incident.
     *
     * @param scope on whose behalf
     */
    record Restart(RecoveryScope scope) implements Scoped {
        public Restart {
            Require.present("scope", scope);
        }
    }

    /**
     * Looks how far the rollout of the target's Deployments is; changes nothing.
     *
     * @param scope on whose behalf
     */
    record RolloutStatus(RecoveryScope scope) implements Scoped {
        public RolloutStatus {
            Require.present("scope", scope);
        }
    }

    /**
     * Asks the target's health URLs, as a user would; changes nothing.
     *
     * @param scope on whose behalf
     */
    record CheckHealth(RecoveryScope scope) implements Scoped {
        public CheckHealth {
            Require.present("scope", scope);
        }
    }

    /**
     * Finds the address that the DNS records must lead to; changes nothing.
     *
     * @param scope on whose behalf
     */
    record FindLoadBalancer(RecoveryScope scope) implements Scoped {
        public FindLoadBalancer {
            Require.present("scope", scope);
        }
    }

    /**
     * Makes a backup now, once for an incident. Without a lease: a backup changes nothing that a recovery does.
     *
     * @param incident names the Job
     * @param target whose cluster and namespace
     * @param cronJob whose template makes it
     */
    record RunBackup(String incident, Target target, String cronJob) implements ApplicationRequest {
        public RunBackup {
            Require.text("incident", incident);
            Require.present("target", target);
            Require.text("cronJob", cronJob);
        }
    }

    /**
     * Looks how far that backup's Job is; changes nothing.
     *
     * @param incident for the log
     * @param target whose cluster and namespace
     * @param job its name, as {@code run-backup} answered
     */
    record BackupStatus(String incident, Target target, String job) implements ApplicationRequest {
        public BackupStatus {
            Require.text("incident", incident);
            Require.present("target", target);
            Require.text("job", job);
        }
    }

    /**
     * Begins the failover test: no new pod comes onto one node that carries the application.
     *
     * @param scope the drill's, under whose lease it is done
     * @param application the target whose Deployments are to move, and to answer
     */
    record Cordon(RecoveryScope scope, Target application) implements Scoped {
        public Cordon {
            Require.present("scope", scope);
            Require.present("application", application);
        }
    }

    /**
     * Moves the application's pods off that node, for a bounded time, and asks the application every second.
     *
     * @param scope the drill's
     * @param application as for {@code cordon}
     * @param node as {@code cordon} answered it
     * @param progress what the call before answered; at first the pods that {@code cordon} answered, and zeros
     */
    record Evict(RecoveryScope scope, Target application, String node, Failover.Progress progress) implements Scoped {
        public Evict {
            Require.present("scope", scope);
            Require.present("application", application);
            Require.text("node", node);
            Require.present("progress", progress);
        }
    }

    /**
     * Ends the failover test: pods may come onto the node again.
     *
     * @param scope the drill's
     * @param application as for {@code cordon}
     */
    record Uncordon(RecoveryScope scope, Target application) implements Scoped {
        public Uncordon {
            Require.present("scope", scope);
            Require.present("application", application);
        }
    }

    private static void requireOfTarget(RecoveryScope scope, List<String> deployments) {
        for (String name : deployments) {
            if (!scope.target().deployments().contains(name)) {
                throw new InvalidInputException(
                        "Deployment '" + name + "' is none of target '"
                                + scope.target().name() + "', which has "
                                + scope.target().deployments() + ".",
                        "Name Deployments that the target has.");
            }
        }
    }
}
