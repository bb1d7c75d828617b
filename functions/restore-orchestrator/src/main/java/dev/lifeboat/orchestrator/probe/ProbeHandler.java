package dev.lifeboat.orchestrator.probe;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.lambda.EmbeddedMetrics;
import dev.lifeboat.lambda.JsonHandler;
import dev.lifeboat.lambda.Needs;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import dev.lifeboat.orchestrator.cluster.EksConnections;
import dev.lifeboat.orchestrator.connection.AwsAccess;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Looks at the database and the backups' Jobs every minute and publishes the metrics that the alarms watch. */
@Named("Probe")
@Singleton
public class ProbeHandler extends JsonHandler<ProbeRequest> {
    private static final Logger LOG = Logger.getLogger(ProbeHandler.class);

    private final DatabaseProbe probe;
    private final BackupJobProbe backups;
    private final Supplier<EmbeddedMetrics> metrics;
    private final Needs needs;

    @Inject
    ProbeHandler(AwsAccess aws, EksConnections clusters) {
        this(new DatabaseProbe(aws.logins()), new BackupJobProbe(clusters), EmbeddedMetrics::now, aws::lookAtNeeds);
    }

    ProbeHandler(DatabaseProbe probe, BackupJobProbe backups, Supplier<EmbeddedMetrics> metrics, Needs needs) {
        super("the Probe event", ProbeRequest.class);
        this.probe = probe;
        this.backups = backups;
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
        EmbeddedMetrics seen = metrics.get()
                .dimension("Target", result.target())
                .metric("DatabaseAnswering", result.answering() ? 1 : 0, EmbeddedMetrics.Unit.COUNT)
                .property("reason", result.reason())
                .property("millis", Long.toString(result.millis()));
        if (result.replicationLagBytes() != null) {
            seen.metric("ReplicationLag", result.replicationLagBytes(), EmbeddedMetrics.Unit.BYTES);
        }
        seen.write();
        // A line of its own, and later: whatever happens to this look, the other one's result is out.
        backups.lastFailed(request.target())
                .ifPresent(failed -> metrics.get()
                        .dimension("Target", result.target())
                        .metric("BackupJobFailed", failed ? 1 : 0, EmbeddedMetrics.Unit.COUNT)
                        .write());
        if (!result.answering()) {
            LOG.warnf("Target %s does not answer: %s", result.target(), result.reason());
        }
        return result;
    }
}
