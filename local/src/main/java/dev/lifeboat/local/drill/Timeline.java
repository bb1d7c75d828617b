package dev.lifeboat.local.drill;

import dev.lifeboat.report.Budget;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened when, counted from the disaster, and the budgets beside what was used of them. */
final class Timeline {
    private final Instant disaster;
    private final List<IncidentWatch.Moment> moments;

    Timeline(Instant disaster, List<IncidentWatch.Moment> moments) {
        this.disaster = disaster;
        this.moments = moments.stream()
                .filter(moment -> !moment.at().isBefore(disaster))
                .toList();
    }

    Section section() {
        return new Section(
                "Timeline, counted from the disaster",
                moments.stream()
                        .map(moment -> new Section.Row(seconds(moment.at()), moment.what(), null))
                        .toList());
    }

    /** The table of budgets, for the console. */
    static String budgets(RecoveryReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("  Budget                  allowed        used");
        for (Budget budget : report.measures().budgets()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-20s %8d s  %10s  %s",
                    budget.component().title(),
                    budget.limitSeconds(),
                    budget.actualSeconds() == null ? "-" : budget.actualSeconds() + " s",
                    budget.held() == null ? "" : budget.held() ? "held" : "EXCEEDED"));
        }
        return String.join("\n", lines);
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("  Timeline, counted from the disaster");
        for (IncidentWatch.Moment moment : moments) {
            lines.add(String.format(Locale.ROOT, "  %9s  %s", seconds(moment.at()), moment.what()));
        }
        return String.join("\n", lines);
    }

    private String seconds(Instant at) {
        return String.format(
                Locale.ROOT, "%.1f s", Duration.between(disaster, at).toMillis() / 1000.0);
    }
}
