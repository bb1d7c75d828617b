package dev.lifeboat.orchestrator.report;

import dev.lifeboat.report.RecoveryReport;
import java.util.List;

/** Puts together what a recovery to a point in time has done, that was started by itself. */
final class PointReport {
    private PointReport() {}

    static RecoveryReport of(ReportRequest.ReportPointInTime facts, StepTimeline.Timeline timeline, String bucket) {
        RecoveryReport common = ReportAssembly.of(facts(facts), timeline, bucket);
        return new RecoveryReport(
                1,
                common.incident(),
                "point-in-time",
                common.outcome(),
                common.trigger(),
                common.target(),
                common.execution(),
                common.measures(),
                null,
                common.restore(),
                common.outside(),
                common.steps(),
                common.failure(),
                common.remaining(),
                common.sections());
    }

    private static ReportRequest.Report facts(ReportRequest.ReportPointInTime facts) {
        return new ReportRequest.Report(
                facts.scope(),
                facts.trigger(),
                facts.execution(),
                facts.outcome(),
                null,
                new Permission(Repair.POINT_IN_TIME, facts.mode(), null, facts.approval()),
                null,
                List.of(),
                null,
                null,
                null,
                null,
                facts.applications(),
                null,
                null,
                facts.failure(),
                facts.problems(),
                null,
                new ReportRequest.PointOutcome(
                        ReportAssembly.word(facts.outcome()),
                        facts.failure(),
                        facts.plan(),
                        facts.inspection(),
                        facts.promoted(),
                        facts.takeOver(),
                        facts.lost(),
                        facts.quarantined(),
                        facts.archive(),
                        facts.problems(),
                        null));
    }
}
