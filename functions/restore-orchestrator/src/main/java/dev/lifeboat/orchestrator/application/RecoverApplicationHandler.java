package dev.lifeboat.orchestrator.application;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.lambda.JsonHandler;
import dev.lifeboat.lambda.Needs;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import dev.lifeboat.orchestrator.cluster.EksConnections;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The function {@code RecoverApplication}: restart, rollout, health, load balancer. */
@Named("RecoverApplication")
@Singleton
public class RecoverApplicationHandler extends JsonHandler<ApplicationRequest> {
    private final ApplicationRecovery recovery;
    private final Needs needs;

    @Inject
    RecoverApplicationHandler(EksConnections clusters) {
        this(new ApplicationRecovery(clusters, Clock.systemUTC()), clusters::lookAtNeeds);
    }

    RecoverApplicationHandler(ApplicationRecovery recovery, Needs needs) {
        super("the RecoverApplication event", ApplicationRequest.class);
        this.recovery = recovery;
        this.needs = needs;
    }

    @Override
    protected String incident(ApplicationRequest request) {
        return request.scope().incident();
    }

    @Override
    protected void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        needs.look(question, readiness);
    }

    @Override
    protected Object handle(ApplicationRequest request, Context context) {
        if (request instanceof ApplicationRequest.Restart restart) {
            return recovery.restart(restart.scope());
        }
        if (request instanceof ApplicationRequest.RolloutStatus status) {
            return recovery.rolloutStatus(status.scope());
        }
        if (request instanceof ApplicationRequest.CheckHealth check) {
            return recovery.checkHealth(check.scope().target());
        }
        if (request instanceof ApplicationRequest.FindLoadBalancer find) {
            return recovery.findLoadBalancer(find.scope());
        }
        throw new IllegalStateException("No action for " + request.getClass());
    }
}
