package dev.lifeboat.orchestrator.report;

import dev.lifeboat.contract.Json;
import dev.lifeboat.orchestrator.database.Assessment;
import dev.lifeboat.orchestrator.database.BackupChoice;
import dev.lifeboat.orchestrator.database.StepResults;
import dev.lifeboat.report.Application;
import dev.lifeboat.report.Check;
import dev.lifeboat.report.CutOver;
import dev.lifeboat.report.Evidence;
import dev.lifeboat.report.Health;
import dev.lifeboat.report.Look;
import dev.lifeboat.report.Outside;
import dev.lifeboat.report.Progress;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.RejectedBackup;
import dev.lifeboat.report.RejectedRung;
import dev.lifeboat.report.Restore;
import dev.lifeboat.report.Section;
import dev.lifeboat.report.UsedBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Puts the facts of a recovery and the times of its steps together. */
final class ReportAssembly {
    private ReportAssembly() {}

    static RecoveryReport of(ReportRequest.Report facts, StepTimeline.Timeline timeline, String bucket) {
        return new RecoveryReport(
                1,
                facts.scope().incident(),
                "database",
                facts.outcome(),
                facts.trigger(),
                facts.scope().target(),
                facts.execution(),
                Measuring.of(facts, timeline),
                evidence(facts.assessment()),
                restore(facts),
                outside(facts),
                timeline.steps(),
                facts.failure(),
                RemainingWork.of(facts, bucket),
                sections(facts, bucket));
    }

    private static List<Section> sections(ReportRequest.Report facts, String bucket) {
        List<Section> sections = new ArrayList<>();
        if (facts.permission() != null) {
            sections.add(permission(facts.permission()));
        }
        if (facts.rung() != null) {
            sections.add(PointSections.rung(facts));
        }
        if (facts.pointInTime() != null) {
            sections.add(PointSections.point(facts.pointInTime()));
            if (facts.pointInTime().lost() != null) {
                sections.add(LostSection.of(facts.pointInTime().lost(), bucket));
            }
        }
        return sections;
    }

    /** What was called for, and whether it was allowed. */
    static Section permission(Permission permission) {
        List<Section.Row> rows = new ArrayList<>();
        rows.add(new Section.Row("Called for", "to " + permission.repair().words(), null));
        rows.add(new Section.Row("Mode", word(permission.mode()), null));
        Approval answer = permission.approval();
        if (answer != null) {
            String by = Objects.requireNonNullElse(answer.by(), "somebody who gave no name");
            rows.add(new Section.Row(
                    answer.approved() ? "Approved" : "Refused",
                    "to " + answer.repair().words() + "; " + (answer.approved() ? "by " + by : answer.reason()),
                    null));
        }
        return new Section("What was called for, and whether it was allowed", rows);
    }

    private static Evidence evidence(Assessment assessment) {
        if (assessment == null) {
            return null;
        }
        return new Evidence(
                word(assessment.condition()),
                word(assessment.decision()),
                assessment.reason(),
                assessment.at(),
                assessment.looks().stream()
                        .map(look -> new Look(word(look.look()), word(look.answer()), look.reason(), look.millis()))
                        .toList(),
                assessment.rejected().stream()
                        .map(rejected -> new RejectedRung(word(rejected.rung()), rejected.reason()))
                        .toList());
    }

    private static Restore restore(ReportRequest.Report facts) {
        BackupChoice backup = facts.backup();
        return new Restore(
                backup == null
                        ? null
                        : new UsedBackup(
                                backup.backupId(),
                                backup.snapshotAt(),
                                backup.verifiedAt(),
                                backup.dumpKey(),
                                backup.size(),
                                backup.rows()),
                rejected(facts),
                progress(facts.restored()),
                facts.check() == null
                        ? null
                        : new Check(facts.check().tables(), facts.check().rows(), List.of()),
                facts.cutOver() == null
                        ? null
                        : new CutOver(
                                facts.cutOver().liveDatabase(),
                                facts.cutOver().quarantineDatabase(),
                                facts.cutOver().at(),
                                RemainingWork.undoCommand(facts)));
    }

    private static Progress progress(StepResults.Restored restored) {
        return restored == null
                ? null
                : new Progress(
                        restored.rows(),
                        restored.bytes(),
                        restored.loadMillis(),
                        restored.objects(),
                        restored.objectsTotal(),
                        restored.finishMillis(),
                        restored.expectedEnd());
    }

    /** Those that were tried in vain, then those that were passed over and not tried. */
    private static List<RejectedBackup> rejected(ReportRequest.Report facts) {
        List<String> tried = facts.rejected().stream()
                .map(dev.lifeboat.orchestrator.database.RejectedBackup::backupId)
                .toList();
        Stream<RejectedBackup> inVain = facts.rejected().stream()
                .map(rejected -> new RejectedBackup(rejected.backupId(), rejected.reason(), true));
        Stream<RejectedBackup> passedOver = facts.backup() == null
                ? Stream.of()
                : facts.backup().passedOver().stream()
                        .filter(backup -> !tried.contains(backup.backupId()))
                        .map(backup -> new RejectedBackup(backup.backupId(), backup.reason(), false));
        return Stream.concat(inVain, passedOver).toList();
    }

    private static Outside outside(ReportRequest.Report facts) {
        return new Outside(
                facts.applications() == null
                        ? List.of()
                        : facts.applications().deployments().stream()
                                .map(a -> new Application(a.name(), a.ready(), a.desired(), a.complete(), a.reason()))
                                .toList(),
                facts.health() == null
                        ? List.of()
                        : facts.health().results().stream()
                                .map(h -> new Health(h.url(), h.status(), h.healthy(), h.reason(), h.millis()))
                                .toList(),
                facts.dns() == null ? List.of() : facts.dns().records());
    }

    /** As the JSON contract spells it. */
    static String word(Enum<?> value) {
        return Json.mapper().convertValue(value, String.class);
    }
}
