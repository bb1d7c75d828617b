package dev.lifeboat.orchestrator.application;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.aws.BucketAccess;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.aws.LeaseStore;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.lambda.JsonHandler;
import dev.lifeboat.lambda.Needs;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import dev.lifeboat.orchestrator.cluster.EksConnections;
import dev.lifeboat.orchestrator.connection.AwsAccess;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The function {@code RecoverApplication}: assessment, roll-back, restart, rollout, health, load balancer; and a backup now. */
@Named("RecoverApplication")
@Singleton
public class RecoverApplicationHandler extends JsonHandler<ApplicationRequest> {
    private final ApplicationRecovery recovery;
    private final AssessApplication assessment;
    private final HandOvers handOvers;
    private final Failover failover;
    private final BackupAgain backups;
    private final Needs needs;

    @Inject
    RecoverApplicationHandler(
            EksConnections clusters, AwsAccess aws, @ConfigProperty(name = "backup.bucket") Optional<String> bucket) {
        this(
                new ApplicationRecovery(
                        clusters,
                        scope -> LeaseStore.requireHeld(
                                aws.s3(), required(bucket), scope.target().name(), scope.token()),
                        Clock.systemUTC()),
                new AssessApplication(
                        clusters,
                        () -> new HealthyRevisions(new Journal(aws.s3(), required(bucket)), Clock.systemUTC()),
                        new SchemaVersions(aws::logins)::read,
                        Clock.systemUTC()),
                new HandOvers(aws::stepFunctions),
                new Failover(
                        clusters,
                        scope -> LeaseStore.requireHeld(
                                aws.s3(), required(bucket), scope.target().name(), scope.token()),
                        Clock.systemUTC(),
                        Failover::pause),
                new BackupAgain(clusters),
                (question, readiness) -> {
                    clusters.lookAtNeeds(question, readiness);
                    readiness.look(
                            "bucket " + bucket.orElse("(none)"),
                            () -> BucketAccess.firstKey(aws.s3(), required(bucket), "leases/"));
                });
    }

    // The module's other functions start with this bean, too, and not all of them have a bucket.
    private static String required(Optional<String> bucket) {
        return bucket.orElseThrow(() -> new MisconfiguredException(
                "The environment variable BACKUP_BUCKET is not set.", "Set it to the backup bucket's name."));
    }

    RecoverApplicationHandler(
            ApplicationRecovery recovery,
            AssessApplication assessment,
            HandOvers handOvers,
            Failover failover,
            BackupAgain backups,
            Needs needs) {
        super("the RecoverApplication event", ApplicationRequest.class);
        this.recovery = recovery;
        this.assessment = assessment;
        this.handOvers = handOvers;
        this.failover = failover;
        this.backups = backups;
        this.needs = needs;
    }

    @Override
    protected String incident(ApplicationRequest request) {
        return request.incident();
    }

    @Override
    protected void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        needs.look(question, readiness);
    }

    @Override
    protected Object handle(ApplicationRequest request, Context context) {
        if (request instanceof ApplicationRequest.Assess assess) {
            return assessment.assess(assess.scope(), assess.tried());
        }
        if (request instanceof ApplicationRequest.Restart restart) {
            return recovery.restart(restart.scope());
        }
        if (request instanceof ApplicationRequest.RestartDeployments restart) {
            return recovery.restart(restart.scope(), restart.deployments());
        }
        if (request instanceof ApplicationRequest.RollBack rollBack) {
            return recovery.rollBack(rollBack.scope(), rollBack.rollBacks());
        }
        if (request instanceof ApplicationRequest.Verify verify) {
            return recovery.verify(verify.scope(), verify.wellSince());
        }
        if (request instanceof ApplicationRequest.HandOver handOver) {
            return handOvers.start(handOver);
        }
        if (request instanceof ApplicationRequest.Cordon cordon) {
            return failover.cordon(cordon.scope(), cordon.application());
        }
        if (request instanceof ApplicationRequest.Evict evict) {
            return failover.evict(evict.scope(), evict.application(), evict.node(), evict.progress());
        }
        if (request instanceof ApplicationRequest.Uncordon uncordon) {
            return failover.uncordon(uncordon.scope(), uncordon.application());
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
        if (request instanceof ApplicationRequest.RunBackup run) {
            return backups.run(run);
        }
        if (request instanceof ApplicationRequest.BackupStatus status) {
            return backups.status(status);
        }
        throw new IllegalStateException("No action for " + request.getClass());
    }
}
