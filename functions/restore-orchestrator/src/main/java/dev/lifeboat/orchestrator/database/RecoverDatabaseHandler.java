package dev.lifeboat.orchestrator.database;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.aws.BucketAccess;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.lambda.JsonHandler;
import dev.lifeboat.lambda.Needs;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import dev.lifeboat.orchestrator.connection.AwsAccess;
import dev.lifeboat.orchestrator.corruption.CorruptionRequest;
import dev.lifeboat.orchestrator.pointintime.PointInTimeActions;
import dev.lifeboat.orchestrator.pointintime.PointInTimeRequest;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The steps of a database's recovery, from the lease to the cut-over and its undo. */
@Named("RecoverDatabase")
@Singleton
public class RecoverDatabaseHandler extends JsonHandler<DatabaseRequest> {
    private final Supplier<DatabaseServices> services;
    private final Needs needs;

    @Inject
    RecoverDatabaseHandler(AwsAccess aws, @ConfigProperty(name = "backup.bucket") Optional<String> bucket) {
        this(
                () -> new DatabaseServices(
                        aws.s3(),
                        bucket.orElseThrow(RecoverDatabaseHandler::noBucket),
                        execution -> new ExecutionOwners(aws.stepFunctions()).isClosed(execution),
                        aws.postgres(),
                        aws.blockVolumes(),
                        aws.logins(),
                        aws::configNeeds,
                        new PointInTimeActions.Access(
                                secret -> aws.repository(bucket.orElseThrow(RecoverDatabaseHandler::noBucket), secret),
                                aws.clusters(),
                                aws::credentials),
                        Clock.systemUTC()),
                (question, readiness) -> {
                    aws.lookAtNeeds(question, readiness);
                    readiness.look(
                            "bucket " + bucket.orElse("(none)"),
                            () -> BucketAccess.firstKey(
                                    aws.s3(), bucket.orElseThrow(RecoverDatabaseHandler::noBucket), "dumps/"));
                });
    }

    RecoverDatabaseHandler(Supplier<DatabaseServices> services, Needs needs) {
        super("the RecoverDatabase event", DatabaseRequest.class);
        this.services = services;
        this.needs = needs;
    }

    // The module's other functions have no bucket, and start with this bean all the same.
    private static MisconfiguredException noBucket() {
        return new MisconfiguredException(
                "The environment variable BACKUP_BUCKET is not set.", "Set it to the backup bucket's name.");
    }

    @Override
    protected String incident(DatabaseRequest request) {
        return request.incident();
    }

    @Override
    protected void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        needs.look(question, readiness);
    }

    @Override
    protected Object handle(DatabaseRequest request, Context context) {
        DatabaseServices actions = services.get();
        if (request instanceof DatabaseRequest.AcquireLease acquire) {
            return actions.lease().acquire(acquire);
        }
        if (request instanceof DatabaseRequest.RenewLease renew) {
            return actions.lease().renew(renew);
        }
        if (request instanceof DatabaseRequest.ConfirmLease confirm) {
            return actions.lease().confirm(confirm.scope());
        }
        if (request instanceof DatabaseRequest.Assess assess) {
            return actions.assessDatabase().assess(assess.scope());
        }
        if (request instanceof DatabaseRequest.RestartPod restart) {
            return actions.restartPod().restart(restart);
        }
        if (request instanceof DatabaseRequest.SelectBackup select) {
            return actions.selectBackup().select(select.scope(), select.rejected());
        }
        if (request instanceof DatabaseRequest.Plan plan) {
            // A plan names the database to restore into: a later owner of the same incident must not find an older
            // one's.
            actions.lease().require(plan.scope());
            return actions.planRestore().plan(plan.scope(), plan.backupId());
        }
        if (request instanceof DatabaseRequest.ReopenLive reopen) {
            return actions.reopenLive().reopen(reopen.scope());
        }
        if (request instanceof DatabaseRequest.CheckConfig check) {
            return actions.checkConfig().check(check.scope().target(), check.backupId());
        }
        if (request instanceof DatabaseRequest.DropScratch drop) {
            return actions.dropScratch().drop(drop.scope());
        }
        if (request instanceof PointInTimeRequest pointInTime) {
            return actions.pointInTime().handle(pointInTime);
        }
        if (request instanceof CorruptionRequest corruption) {
            return actions.corruption().handle(corruption);
        }
        if (request instanceof DatabaseRequest.ReleaseLease release) {
            return actions.lease().release(release.scope());
        }
        return handlePlanned(request, actions, context);
    }

    private static Object handlePlanned(DatabaseRequest request, DatabaseServices actions, Context context) {
        if (request instanceof DatabaseRequest.Prepare prepare) {
            return actions.prepareRestore().prepare(prepare.scope(), prepare.planKey());
        }
        if (request instanceof DatabaseRequest.RestoreShard shard) {
            return actions.copyShard().copy(shard.scope(), shard.planKey(), shard.shard());
        }
        if (request instanceof DatabaseRequest.Finish finish) {
            Duration remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
            return actions.finishRestore().finish(finish.scope(), finish.planKey(), remaining);
        }
        if (request instanceof DatabaseRequest.Check check) {
            return actions.checkRestore().check(check.scope(), check.planKey());
        }
        if (request instanceof DatabaseRequest.CutOver cutOver) {
            return actions.swapDatabases().cutOver(cutOver.scope(), cutOver.planKey());
        }
        if (request instanceof DatabaseRequest.Undo undo) {
            return actions.swapDatabases().undo(undo.scope(), undo.planKey());
        }
        throw new IllegalStateException("No action for " + request.getClass());
    }
}
