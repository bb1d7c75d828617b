package dev.lifeboat.orchestrator.report;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.aws.BucketAccess;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.lambda.JsonHandler;
import dev.lifeboat.lambda.Needs;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The function {@code RecoveryReport}: ends every recovery and drill in a report, and asks people who have a say in it. */
@Named("RecoveryReport")
@Singleton
public class RecoveryReportHandler extends JsonHandler<ReportRequest> {
    private final Supplier<RecoveryReporting> reporting;
    private final Needs needs;

    // Optional: the module's other functions run from the same zip, without these settings.
    @Inject
    RecoveryReportHandler(
            ReportClients clients,
            @ConfigProperty(name = "backup.bucket") Optional<String> bucket,
            @ConfigProperty(name = "notification.topic.arn") Optional<String> topic) {
        this(
                () -> new RecoveryReporting(
                        clients.stepFunctions(),
                        clients.s3(),
                        clients.sns(),
                        setting("BACKUP_BUCKET", bucket),
                        setting("NOTIFICATION_TOPIC_ARN", topic)),
                (question, readiness) -> {
                    readiness.look(
                            "bucket " + bucket.orElse("(none)"),
                            () -> BucketAccess.firstKey(clients.s3(), setting("BACKUP_BUCKET", bucket), "recoveries/"));
                    readiness.look("topic", () -> setting("NOTIFICATION_TOPIC_ARN", topic));
                });
    }

    RecoveryReportHandler(Supplier<RecoveryReporting> reporting, Needs needs) {
        super("the RecoveryReport event", ReportRequest.class);
        this.reporting = reporting;
        this.needs = needs;
    }

    @Override
    protected String incident(ReportRequest request) {
        return request.scope().incident();
    }

    @Override
    protected void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        needs.look(question, readiness);
    }

    @Override
    protected Object handle(ReportRequest request, Context context) {
        if (request instanceof ReportRequest.Report report) {
            return reporting.get().report(report);
        }
        if (request instanceof ReportRequest.ReportCluster report) {
            return reporting.get().report(report);
        }
        if (request instanceof ReportRequest.RequestClusterApproval approval) {
            return reporting.get().requestApproval(approval);
        }
        if (request instanceof ReportRequest.RequestApproval approval) {
            return reporting.get().requestApproval(approval);
        }
        if (request instanceof ReportRequest.ReportApplication report) {
            return reporting.get().report(report);
        }
        if (request instanceof ReportRequest.ReportFailover failover) {
            return reporting.get().add(failover);
        }
        if (request instanceof ReportRequest.RequestApplicationApproval approval) {
            return reporting.get().requestApproval(approval);
        }
        if (request instanceof ReportRequest.ReportPointInTime report) {
            return reporting.get().report(report);
        }
        if (request instanceof ReportRequest.RequestPointApproval approval) {
            return reporting.get().requestApproval(approval);
        }
        if (request instanceof ReportRequest.ReportCorruption report) {
            return reporting.get().report(report);
        }
        if (request instanceof ReportRequest.RequestCorruptionApproval approval) {
            return reporting.get().requestApproval(approval);
        }
        throw new IllegalStateException("No action for " + request.getClass());
    }

    private static String setting(String variable, Optional<String> value) {
        return value.orElseThrow(() -> new MisconfiguredException(
                "Environment variable " + variable + " is not set.",
                "Set it in the function's Environment of template.yaml."));
    }
}
