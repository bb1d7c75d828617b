package dev.lifeboat.orchestrator.report;

import dev.lifeboat.contract.Json;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.PointPlan;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.RungChosen;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.Way;
import dev.lifeboat.report.Failure;
import dev.lifeboat.report.Section;
import java.util.ArrayList;
import java.util.List;

/** What a report says of the way that was chosen, and of a recovery to a point in time. */
final class PointSections {
    private PointSections() {}

    /** Which way was taken first, and what became of it. */
    static Section rung(ReportRequest.Report facts) {
        RungChosen chosen = facts.rung();
        List<Section.Row> rows = new ArrayList<>();
        rows.add(row("Chosen first", ReportAssembly.word(chosen.way()) + ": " + chosen.reason()));
        boolean point = chosen.way() == Way.POINT_IN_TIME;
        ReportRequest.PointOutcome outcome = facts.pointInTime();
        if (point && facts.backup() != null) {
            rows.add(row("Then", "restore-backup, since the point in time was not reached" + why(outcome)));
        } else if (!point) {
            rows.add(row("Not point-in-time", chosen.reason()));
        } else if (outcome != null && outcome.takeOver() != null && facts.cutOver() == null) {
            rows.add(row("Not restore-backup", "The point in time was reached, which loses less."));
        }
        return new Section("Which way the data came back", rows);
    }

    private static String why(ReportRequest.PointOutcome outcome) {
        return outcome == null || outcome.failure() == null ? "." : ": " + words(outcome.failure());
    }

    /** From the plan to the archive. */
    static Section point(ReportRequest.PointOutcome outcome) {
        List<Section.Row> rows = new ArrayList<>();
        rows.add(row("Outcome", outcome.outcome()));
        PointPlan plan = outcome.plan();
        if (plan != null) {
            rows.add(row("Point", Json.compact(plan.point())));
            rows.add(row("Base backup", plan.backup() + ", complete at " + plan.backupEndedAt()));
            rows.add(row(
                    "WAL",
                    plan.walBytes() + " bytes, without a gap to LSN " + plan.archiveEnd() + ", archived at "
                            + plan.archivedAt()));
        }
        if (outcome.inspection() != null) {
            rows.add(row(
                    "Replayed",
                    "to LSN " + outcome.inspection().replayedLsn() + ", last transaction at "
                            + outcome.inspection().replayedAt()));
            rows.add(row("Inspected", String.join(" ", outcome.inspection().seen())));
        }
        if (outcome.takeOver() != null) {
            rows.add(row(
                    "Live now",
                    "StatefulSet " + outcome.takeOver().instance() + ", timeline "
                            + (outcome.promoted() == null
                                    ? "?"
                                    : outcome.promoted().timeline())));
            if (outcome.takeOver().kept() != null) {
                rows.add(row(
                        "Kept",
                        "what was there before: PGDATA." + outcome.takeOver().kept() + ", on the same volume"));
            }
            List<String> kept = quarantine(outcome);
            if (!kept.isEmpty()) {
                rows.add(row("Quarantine", "StatefulSet " + String.join(", StatefulSet ", kept) + ", with its volume"));
            }
        }
        if (outcome.archive() != null) {
            rows.add(new Section.Row(
                    "Archive", outcome.archive().reason(), outcome.archive().archived()));
        }
        if (outcome.failure() != null) {
            rows.add(row("Failed", words(outcome.failure())));
        }
        outcome.problems().forEach(problem -> rows.add(row("Problem", words(problem))));
        return new Section("The point in time", rows);
    }

    /** What was live before, and what a recovery that died had left in use before that. */
    static List<String> quarantine(ReportRequest.PointOutcome outcome) {
        List<String> kept = new ArrayList<>();
        if (outcome.takeOver().before() != null) {
            kept.add(outcome.takeOver().before());
        }
        if (outcome.quarantined() != null) {
            kept.addAll(outcome.quarantined().also());
        }
        return kept;
    }

    private static String words(Failure failure) {
        return failure.step() + ": " + failure.error().substring(failure.error().lastIndexOf('.') + 1)
                + (failure.cause() == null ? "" : ": " + failure.cause());
    }

    private static Section.Row row(String name, String value) {
        return new Section.Row(name, value, null);
    }
}
