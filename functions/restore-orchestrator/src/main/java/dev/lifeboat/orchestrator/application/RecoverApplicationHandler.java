package dev.lifeboat.orchestrator.application;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.lambda.JsonHandler;
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

    @Inject
    RecoverApplicationHandler(EksConnections clusters) {
        this(new ApplicationRecovery(clusters, Clock.systemUTC()));
    }

    RecoverApplicationHandler(ApplicationRecovery recovery) {
        super("the RecoverApplication event", ApplicationRequest.class);
        this.recovery = recovery;
    }

    @Override
    protected String incident(ApplicationRequest request) {
        return request.scope().incident();
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
