package dev.lifeboat.orchestrator.application;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.recovery.RecoveryScope;

/**
 * What {@code RecoverApplication} is asked to do: one record for each action, told apart by {@code action}. The scope's
 * target says to what.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ApplicationRequest.Restart.class, name = "restart"),
    @JsonSubTypes.Type(value = ApplicationRequest.RolloutStatus.class, name = "rollout-status"),
    @JsonSubTypes.Type(value = ApplicationRequest.CheckHealth.class, name = "check-health"),
    @JsonSubTypes.Type(value = ApplicationRequest.FindLoadBalancer.class, name = "find-load-balancer")
})
public sealed interface ApplicationRequest {
    /** On whose behalf, and to what. */
    RecoveryScope scope();

    /**
     * Replaces the pods of the target's Deployments, once for an incident.
     *
     * @param scope on whose behalf
     */
    record Restart(RecoveryScope scope) implements ApplicationRequest {
        public Restart {
            Require.present("scope", scope);
        }
    }

    /**
     * Looks how far the rollout of the target's Deployments is; changes nothing.
     *
     * @param scope on whose behalf
     */
    record RolloutStatus(RecoveryScope scope) implements ApplicationRequest {
        public RolloutStatus {
            Require.present("scope", scope);
        }
    }

    /**
     * Asks the target's health URLs, as a user would; changes nothing.
     *
     * @param scope on whose behalf
     */
    record CheckHealth(RecoveryScope scope) implements ApplicationRequest {
        public CheckHealth {
            Require.present("scope", scope);
        }
    }

    /**
     * Finds the address that the DNS records must lead to; changes nothing.
     *
     * @param scope on whose behalf
     */
    record FindLoadBalancer(RecoveryScope scope) implements ApplicationRequest {
        public FindLoadBalancer {
            Require.present("scope", scope);
        }
    }
}
