package dev.lifeboat.orchestrator.application;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;

/**
 * What {@code RecoverApplication} is asked to do: one record for each action, told apart by {@code action}. The
 * target says to what.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ApplicationRequest.Assess.class, name = "assess"),
    @JsonSubTypes.Type(value = ApplicationRequest.Restart.class, name = "restart"),
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
     * Looks at the target's Deployments, at PostgreSQL's pod and at the health URLs, and says what follows; changes nothing.
     *
     * @param scope on whose behalf
     */
    record Assess(RecoveryScope scope) implements Scoped {
        public Assess {
            Require.present("scope", scope);
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
}
