package dev.lifeboat.orchestrator.report;

import dev.lifeboat.aws.Journal;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import dev.lifeboat.lambda.AwsFaults;
import dev.lifeboat.lambda.Notifier;
import dev.lifeboat.orchestrator.corruption.Search;
import dev.lifeboat.report.Outcome;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.Step;
import dev.lifeboat.report.TextReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** Ends a recovery: writes its report and tells people. Telling may happen twice, and never not at all. */
final class RecoveryReporting {
    private static final Logger LOG = Logger.getLogger(RecoveryReporting.class);

    private final SfnClient stepFunctions;
    private final S3Client s3;
    private final SnsClient sns;
    private final String bucket;
    private final String topic;

    RecoveryReporting(SfnClient stepFunctions, S3Client s3, SnsClient sns, String bucket, String topic) {
        this.stepFunctions = stepFunctions;
        this.s3 = s3;
        this.sns = sns;
        this.bucket = bucket;
        this.topic = topic;
    }

    /**
     * What {@code report} answers.
     *
     * @param outcome how the recovery ended
     * @param reportKey of report.json in the backup bucket
     * @param rtoSeconds null when nothing was recovered
     * @param rpoSeconds null when nothing was swapped in
     * @param withinBudget whether no budget is exceeded
     */
    record Reported(Outcome outcome, String reportKey, Long rtoSeconds, Long rpoSeconds, boolean withinBudget) {}

    /**
     * @throws AwsUnavailableException when Step Functions or SNS does not answer
     * @throws StorageUnavailableException when S3 does not answer
     * @throws MisconfiguredException when one of them refuses
     */
    Reported report(ReportRequest.Report facts) {
        return report(ReportAssembly.of(facts, timeline(facts.execution()), bucket));
    }

    /** As {@link #report(ReportRequest.Report)}, of the application. */
    Reported report(ReportRequest.ReportApplication facts) {
        return report(new ApplicationReport(facts, timeline(facts.execution())).report());
    }

    /** As {@link #report(ReportRequest.Report)}, of a cluster. */
    Reported report(ReportRequest.ReportCluster facts) {
        StepTimeline.Timeline own = timeline(facts.execution());
        return report(ClusterReport.of(facts, own.with(ClusterReport.NESTED, nestedSteps(facts)), bucket));
    }

    /** As the nested recovery's own report has them. One that cannot be read leaves its step as one: the report is worth more. */
    private List<Step> nestedSteps(ReportRequest.ReportCluster facts) {
        if (facts.recovery() == null || facts.recovery().report() == null) {
            return List.of();
        }
        String key = facts.recovery().report().reportKey();
        try {
            return new ReportStore(s3, bucket)
                    .at(key)
                    .map(RecoveryReport::steps)
                    .orElseThrow(() -> new MisconfiguredException(
                            "There is no report " + key + ".", "Look at the nested execution."));
        } catch (LifeboatException e) {
            LOG.warnf("The steps of the nested recovery are left out: %s", e.getMessage());
            return List.of();
        }
    }

    /** As {@link #report(ReportRequest.Report)}, of a recovery to a point in time. */
    Reported report(ReportRequest.ReportPointInTime facts) {
        return report(PointReport.of(facts, timeline(facts.execution()), bucket));
    }

    /** As {@link #report(ReportRequest.Report)}, of corrupted data. */
    Reported report(ReportRequest.ReportCorruption facts) {
        String key = BucketLayout.recovery(facts.scope().incident(), "search.json");
        return report(CorruptionReport.of(
                facts, new Journal(s3, bucket).find(key, Search.class), timeline(facts.execution()), bucket));
    }

    /**
     * What {@code report-failover} answers.
     *
     * @param reportKey of the report that has it now; null when there is none
     */
    record Amended(String reportKey) {}

    /** @throws StorageUnavailableException when S3 does not answer */
    Amended add(ReportRequest.ReportFailover failover) {
        ReportStore store = new ReportStore(s3, bucket);
        Optional<RecoveryReport> report =
                store.find(failover.scope().incident()).map(found -> found.with(FailoverSection.of(failover)));
        report.ifPresent(store::writeHtml);
        report.ifPresent(store::writeJson);
        return new Amended(report.map(ReportStore::jsonKey).orElse(null));
    }

    private StepTimeline.Timeline timeline(String execution) {
        return StepTimeline.of(ExecutionEvents.of(stepFunctions, execution));
    }

    private Reported report(RecoveryReport report) {
        ReportStore store = new ReportStore(s3, bucket);
        if (!store.holds(report)) {
            store.writeHtml(report);
            publish(report);
            store.writeJson(report);
        }
        return new Reported(
                report.outcome(),
                ReportStore.jsonKey(report),
                report.measures().rtoSeconds(),
                report.measures().rpoSeconds(),
                report.measures().withinBudget());
    }

    /**
     * What {@code request-approval} answers.
     *
     * @param until when the wait for the answer ends
     */
    record Asked(Instant until) {}

    /** @throws AwsUnavailableException when SNS does not answer */
    Asked requestApproval(ReportRequest.RequestApproval request) {
        return ask(new ApprovalRequest(request, Instant.now()));
    }

    /** As {@link #requestApproval(ReportRequest.RequestApproval)}, about the application. */
    Asked requestApproval(ReportRequest.RequestApplicationApproval request) {
        return ask(new ApprovalRequest(request, Instant.now()));
    }

    /** As {@link #requestApproval(ReportRequest.RequestApproval)}, about a cluster. */
    Asked requestApproval(ReportRequest.RequestClusterApproval request) {
        return ask(new ApprovalRequest(request, Instant.now()));
    }

    /** As {@link #requestApproval(ReportRequest.RequestApproval)}, about a point in time. */
    Asked requestApproval(ReportRequest.RequestPointApproval request) {
        return ask(new ApprovalRequest(request, Instant.now()));
    }

    /** As {@link #requestApproval(ReportRequest.RequestApproval)}, about corrupted data. */
    Asked requestApproval(ReportRequest.RequestCorruptionApproval request) {
        return ask(new ApprovalRequest(request, Instant.now()));
    }

    private Asked ask(ApprovalRequest asked) {
        new Notifier(() -> sns, topic).tell(asked.subject(), asked.message());
        return new Asked(asked.until());
    }

    private void publish(RecoveryReport report) {
        try {
            sns.publish(r -> r.topicArn(topic)
                    .subject(TextReport.subject(report))
                    .message(TextReport.body(report, "s3://" + bucket + "/" + ReportStore.htmlKey(report))));
        } catch (SdkException e) {
            throw AwsFaults.translate("publish to " + topic, e);
        }
    }
}
