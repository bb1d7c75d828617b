package dev.lifeboat.orchestrator.probe;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.lambda.EmbeddedMetrics;
import dev.lifeboat.lambda.JsonHandler;
import dev.lifeboat.lambda.Needs;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import dev.lifeboat.orchestrator.connection.AwsAccess;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Looks at the database every minute and publishes the metric that the alarm watches. */
@Named("Probe")
@Singleton
public class ProbeHandler extends JsonHandler<ProbeRequest> {
    private static final Logger LOG = Logger.getLogger(ProbeHandler.class);

    private final DatabaseProbe probe;
    private final Supplier<EmbeddedMetrics> metrics;
    private final Needs needs;

    @Inject
    ProbeHandler(AwsAccess aws) {
        this(new DatabaseProbe(aws.logins()), EmbeddedMetrics::now, aws::lookAtNeeds);
    }

    ProbeHandler(DatabaseProbe probe, Supplier<EmbeddedMetrics> metrics, Needs needs) {
        super("the Probe event", ProbeRequest.class);
        this.probe = probe;
        this.metrics = metrics;
        this.needs = needs;
    }

    @Override
    protected void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        needs.look(question, readiness);
    }

    @Override
    protected Object handle(ProbeRequest request, Context context) {
        ProbeResult result = probe.look(request);
        metrics.get()
                .dimension("Target", result.target())
                .metric("DatabaseAnswering", result.answering() ? 1 : 0, EmbeddedMetrics.Unit.COUNT)
                .property("reason", result.reason())
                .property("millis", Long.toString(result.millis()))
                .write();
        if (!result.answering()) {
            LOG.warnf("Target %s does not answer: %s", result.target(), result.reason());
        }
        return result;
    }
}
