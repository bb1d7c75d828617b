package dev.lifeboat.local.drill;

import dev.lifeboat.report.Budget;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.Section;
import dev.lifeboat.report.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What happened when, counted from the disaster, and the budgets beside what was used of them. */
final class Timeline {
    private static final Set<String> BEGINS = Set.of("BeginStack", "CreateStack");

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

    /** What ran beside what: each step of a report as a bar, from the disaster on. */
    Section sideBySide(RecoveryReport report) {
        return new Section(
                "What ran side by side",
                bars(report).stream()
                        .map(bar -> new Section.Row(bar.name(), bar.span() + "  " + bar.line(), null))
                        .toList());
    }

    /** The same, for the console. */
    String sideBySideText(RecoveryReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("  What ran side by side, from the disaster to the end");
        for (Bar bar : bars(report)) {
            lines.add(String.format(Locale.ROOT, "  %-34s %s  %s", bar.name(), bar.line(), bar.span()));
        }
        return String.join("\n", lines);
    }

    /** The creation of the stack is no step: the machine begins it in one, and asks for it in others. */
    private List<Bar> bars(RecoveryReport report) {
        Instant end = report.steps().stream()
                .map(Step::endedAt)
                .max(Instant::compareTo)
                .orElse(disaster);
        List<Bar> bars = new ArrayList<>();
        Instant begun = null;
        for (Step step : report.steps()) {
            bars.add(new Bar(step.name(), disaster, step.startedAt(), step.endedAt(), end));
            if (BEGINS.contains(step.name()) && begun == null) {
                begun = step.startedAt();
            }
            if (step.name().equals("StackStatus") && begun != null) {
                bars.add(new Bar("(CloudFormation makes the stack)", disaster, begun, step.endedAt(), end));
            }
        }
        bars.sort(Comparator.comparing(Bar::from));
        return bars;
    }

    private record Bar(String name, Instant zero, Instant from, Instant to, Instant end) {
        private static final int WIDTH = 48;

        String line() {
            double millis = Math.max(1, Duration.between(zero, end).toMillis());
            int first = cell(from, millis);
            int last = Math.max(first + 1, cell(to, millis));
            return "\u00b7".repeat(first) + "\u2588".repeat(last - first) + "\u00b7".repeat(Math.max(0, WIDTH - last));
        }

        private int cell(Instant at, double millis) {
            double share = Duration.between(zero, at).toMillis() / millis;
            return (int) Math.max(0, Math.min(WIDTH - 1, Math.floor(share * WIDTH)));
        }

        String span() {
            return seconds(from) + " to " + seconds(to) + " s";
        }

        private String seconds(Instant at) {
            return String.format(Locale.ROOT, "%.1f", Duration.between(zero, at).toMillis() / 1000.0);
        }
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
