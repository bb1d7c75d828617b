package dev.lifeboat.orchestrator.probe;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.aws.pgbackrest.RepositoryListing;
import dev.lifeboat.aws.pgbackrest.S3RepositoryFiles;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.lambda.EmbeddedMetrics;
import dev.lifeboat.lambda.JsonHandler;
import dev.lifeboat.lambda.Needs;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import dev.lifeboat.orchestrator.application.ApplicationHealth;
import dev.lifeboat.orchestrator.application.HealthyRevisions;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.cluster.EksConnections;
import dev.lifeboat.orchestrator.connection.AwsAccess;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Looks at the database, the cluster, the backups' Jobs and the Deployments every minute and publishes the metrics that the alarms watch. */
@Named("Probe")
@Singleton
public class ProbeHandler extends JsonHandler<ProbeRequest> {
    private static final Logger LOG = Logger.getLogger(ProbeHandler.class);

    private final DatabaseProbe probe;
    private final InvariantProbe invariants;
    private final ClusterProbe clusters;
    private final BackupJobProbe backups;
    private final WalArchiveProbe archive;
    private final ApplicationProbe applications;
    private final Supplier<EmbeddedMetrics> metrics;
    private final Needs needs;

    @Inject
    ProbeHandler(
            AwsAccess aws,
            EksConnections clusters,
            @ConfigProperty(name = "backup.bucket") Optional<String> bucket,
            @ConfigProperty(name = "repository.stanza", defaultValue = "lifeboat") String stanza) {
        this(
                new DatabaseProbe(aws.logins()),
                new InvariantProbe(aws.logins(), () -> new InvariantRecords(new Journal(aws.s3(), required(bucket)))),
                new ClusterProbe(clusters::status, clusters),
                new BackupJobProbe(clusters),
                new WalArchiveProbe(
                        () -> new RepositoryListing(
                                new S3RepositoryFiles(aws.s3(), required(bucket), BucketLayout.REPOSITORY), stanza),
                        Clock.systemUTC()),
                new ApplicationProbe(
                        new ApplicationHealth(clusters, Clock.systemUTC()),
                        () -> new HealthyRevisions(new Journal(aws.s3(), required(bucket)), Clock.systemUTC())),
                EmbeddedMetrics::now,
                aws::lookAtNeeds);
    }

    // The module's other functions start with this bean, too, and not all of them have a bucket.
    private static String required(Optional<String> bucket) {
        return bucket.orElseThrow(() -> new MisconfiguredException(
                "The environment variable BACKUP_BUCKET is not set.", "Set it to the backup bucket's name."));
    }

    ProbeHandler(
            DatabaseProbe probe,
            InvariantProbe invariants,
            ClusterProbe clusters,
            BackupJobProbe backups,
            WalArchiveProbe archive,
            ApplicationProbe applications,
            Supplier<EmbeddedMetrics> metrics,
            Needs needs) {
        super("the Probe event", ProbeRequest.class);
        this.probe = probe;
        this.invariants = invariants;
        this.clusters = clusters;
        this.backups = backups;
        this.archive = archive;
        this.applications = applications;
        this.metrics = metrics;
        this.needs = needs;
    }

    @Override
    protected void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        needs.look(question, readiness);
    }

    @Override
    protected Object handle(ProbeRequest request, Context context) {
        // Beside the look at the database: neither waits for the other.
        ClusterProbe.Looking looking = clusters.begin(request.target());
        ProbeResult result;
        ClusterProbe.Seen cluster;
        try {
            result = lookAtDatabase(request);
        } finally {
            // What the look at the database lacks says nothing of the cluster.
            cluster = looking.await();
            publish(request, cluster);
        }
        // Lines of their own, and later: whatever happens to these looks, the others' results are out.
        if (cluster.available() != Answer.NO) {
            lookAtBackups(request);
        }
        if (request.archives()) {
            lookAtArchive(result);
        }
        if (result.answering()) {
            lookAtApplications(request);
        } else {
            LOG.warnf("Target %s does not answer: %s", result.target(), result.reason());
        }
        // Of a database that does not answer nothing is known, and the other alarm goes off.
        return result.answering() ? result.with(lookAtInvariants(request)) : result;
    }

    private ProbeResult lookAtDatabase(ProbeRequest request) {
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
        return result;
    }

    /** Of a cluster that nothing is known of nothing is measured: the alarm keeps the state that it has. */
    private void publish(ProbeRequest request, ClusterProbe.Seen cluster) {
        if (cluster.available() == Answer.UNKNOWN) {
            LOG.warnf(
                    "Whether the cluster of %s is lost is not known: %s",
                    request.target().name(), cluster.reason());
            return;
        }
        metrics.get()
                .dimension("Target", request.target().name())
                .metric("ClusterAvailable", cluster.available() == Answer.YES ? 1 : 0, EmbeddedMetrics.Unit.COUNT)
                .property("reason", cluster.reason())
                .write();
    }

    private void lookAtBackups(ProbeRequest request) {
        backups.lastFailed(request.target())
                .ifPresent(failed -> metrics.get()
                        .dimension("Target", request.target().name())
                        .metric("BackupJobFailed", failed ? 1 : 0, EmbeddedMetrics.Unit.COUNT)
                        .write());
    }

    /** Also of a database that does not answer: what the bucket holds decides then what can be recovered. */
    private void lookAtArchive(ProbeResult result) {
        WalArchiveProbe.Seen seen = archive.look(result.walArchiving());
        EmbeddedMetrics line = metrics.get().dimension("Target", result.target());
        if (seen.lagSeconds() != null) {
            line.metric("WalArchiveLag", seen.lagSeconds(), EmbeddedMetrics.Unit.SECONDS);
        }
        if (seen.ageSeconds() != null) {
            line.metric("WalArchiveAge", seen.ageSeconds(), EmbeddedMetrics.Unit.SECONDS);
        }
        if (seen.baseBackupSeconds() != null) {
            line.metric("BaseBackupAge", seen.baseBackupSeconds(), EmbeddedMetrics.Unit.SECONDS);
        }
        if (seen.lagSeconds() != null || seen.ageSeconds() != null || seen.baseBackupSeconds() != null) {
            line.write();
        }
    }

    /** One that is not known is no violation: the metric is missing only when none is known. */
    private List<InvariantResult> lookAtInvariants(ProbeRequest request) {
        List<InvariantResult> said = invariants.look(request);
        said.stream()
                .filter(each -> each.answer() != Answer.YES)
                .forEach(each -> LOG.errorf(
                        "Invariant %s of target %s: %s: %s",
                        each.name(), request.target().name(), each.answer(), each.reason()));
        if (said.stream().anyMatch(each -> each.answer() != Answer.UNKNOWN)) {
            List<String> violated = said.stream()
                    .filter(each -> each.answer() == Answer.NO)
                    .map(each -> each.name() + ": " + each.reason())
                    .toList();
            metrics.get()
                    .dimension("Target", request.target().name())
                    .metric("InvariantsHolding", violated.isEmpty() ? 1 : 0, EmbeddedMetrics.Unit.COUNT)
                    .property("violated", violated.isEmpty() ? "none" : String.join(" ", violated))
                    .write();
        }
        return said;
    }

    /** Only while the database answers: without it no application is well, and it is the other alarm that calls for what helps. */
    private void lookAtApplications(ProbeRequest request) {
        applications
                .look(request.target())
                .ifPresent(seen -> metrics.get()
                        .dimension("Target", request.target().name())
                        .metric("ApplicationHealthy", seen.healthy() ? 1 : 0, EmbeddedMetrics.Unit.COUNT)
                        .property("reason", seen.reason())
                        .write());
    }
}
