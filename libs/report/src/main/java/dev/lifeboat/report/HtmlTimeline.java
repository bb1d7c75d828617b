package dev.lifeboat.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The steps as a table with a bar for each, from the failure on, with the budgets that lie within it as lines. */
final class HtmlTimeline {
    private static final List<Component> FROM_THE_FAILURE =
            List.of(Component.SYSTEM, Component.DATABASE, Component.DEPLOYMENT);

    private static final List<Duration> TICKS = Stream.of(1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
            .map(Duration::ofSeconds)
            .toList();
    private static final int MOST_TICKS = 6;
    // Nearer to the end than this, a tick's label would run into the last one.
    private static final double ROOM_FOR_LABEL = 0.9;

    private final RecoveryReport report;
    private final Instant from;
    private final long millis;

    private HtmlTimeline(RecoveryReport report) {
        this.report = report;
        this.from = Stream.concat(
                        Stream.of(report.measures().failedAfter()),
                        report.steps().stream().map(Step::startedAt))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant to = Stream.concat(
                        Stream.of(report.measures().startedAt()),
                        report.steps().stream().map(Step::endedAt))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        this.millis = Math.max(1000, Duration.between(from, to).toMillis());
    }

    static String of(RecoveryReport report) {
        return new HtmlTimeline(report).html();
    }

    private String html() {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table class=\"chart\">\n<caption>Counted from ")
                .append(HtmlText.escape(Wording.time(from)))
                .append(
                        ", the earliest moment of the failure.</caption>\n<thead><tr><th scope=\"col\" class=\"step\">Step</th>")
                .append("<th scope=\"col\" class=\"time\"><div class=\"axis\" aria-hidden=\"true\">")
                .append(axis())
                .append(
                        "</div></th><th scope=\"col\" class=\"figure\">Began</th><th scope=\"col\" class=\"figure\">Took</th>")
                .append("<th scope=\"col\" class=\"figure\">Attempts</th></tr></thead>\n<tbody>\n");
        Duration before = Duration.between(from, report.measures().startedAt());
        if (!before.isNegative() && !before.isZero()) {
            html.append(row("Failure until the recovery began", null, "before", from, before.toMillis(), ""));
        }
        for (Step step : report.steps()) {
            html.append(row(
                    step.name(),
                    note(step),
                    style(step),
                    step.startedAt(),
                    step.millis(),
                    Integer.toString(step.attempts())));
        }
        return html.append("</tbody></table></div>\n").append(legend()).toString();
    }

    private String row(String name, String note, String style, Instant at, long took, String attempts) {
        double left = share(Duration.between(from, at).toMillis());
        return "<tr><th scope=\"row\" class=\"step\">" + HtmlText.escape(name)
                + (note == null ? "" : "<div class=\"soft\">" + HtmlText.escape(note) + "</div>")
                + "</th><td class=\"time\"><div class=\"track\">" + limits() + "<div class=\"bar " + style
                + "\" style=\"left:"
                + percent(left) + ";width:" + percent(Math.min(share(took), 1 - left))
                + "\"></div></div></td><td class=\"figure\">"
                + Wording.clock(at) + "</td><td class=\"figure\">"
                + HtmlText.escape(Wording.duration(Duration.ofMillis(took))) + "</td><td class=\"figure\">" + attempts
                + "</td></tr>\n";
    }

    private static String note(Step step) {
        String state = switch (step.outcome()) {
            case SUCCEEDED -> null;
            case FAILED -> "failed";
            case RUNNING -> "still running";
        };
        if (state == null || step.detail() == null) {
            return state == null ? step.detail() : state;
        }
        return state + "; " + step.detail();
    }

    private static String style(Step step) {
        String component = step.component() == null
                ? "other"
                : step.component().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return step.outcome() == StepOutcome.FAILED ? component + " failed" : component;
    }

    private String axis() {
        Duration every = TICKS.stream()
                .filter(tick -> millis / tick.toMillis() < MOST_TICKS)
                .findFirst()
                .orElse(Duration.ofMillis(millis / MOST_TICKS));
        StringBuilder labels = new StringBuilder("<span style=\"left:0\">0</span>");
        for (long at = every.toMillis(); at < millis * ROOM_FOR_LABEL; at += every.toMillis()) {
            labels.append("<span style=\"left:")
                    .append(percent(share(at)))
                    .append("\">")
                    .append(Wording.duration(Duration.ofMillis(at)))
                    .append("</span>");
        }
        return labels.toString();
    }

    /** The budgets that count from the failure. */
    private List<Budget> limitsWithin() {
        return report.measures().budgets().stream()
                .filter(budget -> FROM_THE_FAILURE.contains(budget.component()))
                .filter(budget -> Duration.ofSeconds(budget.limitSeconds()).toMillis() <= millis)
                .toList();
    }

    private String limits() {
        StringBuilder lines = new StringBuilder();
        for (Budget budget : limitsWithin()) {
            lines.append("<div class=\"limit\" style=\"left:")
                    .append(percent(
                            share(Duration.ofSeconds(budget.limitSeconds()).toMillis())))
                    .append("\"></div>");
        }
        return lines.toString();
    }

    private String legend() {
        StringBuilder legend = new StringBuilder("<ul class=\"legend\">");
        for (Component component :
                List.of(Component.DATABASE, Component.DEPLOYMENT, Component.APPLICATIONS, Component.DNS)) {
            if (report.steps().stream().anyMatch(step -> step.component() == component)) {
                legend.append("<li><i class=\"bar ")
                        .append(component.name().toLowerCase(Locale.ROOT))
                        .append("\"></i>")
                        .append(component.title())
                        .append("</li>");
            }
        }
        if (report.steps().stream().anyMatch(step -> step.component() == null)) {
            legend.append("<li><i class=\"bar other\"></i>Lease and the rest</li>");
        }
        limitsWithin()
                .forEach(budget -> legend.append("<li><i class=\"limit\"></i>Budget: ")
                        .append(budget.component().title().toLowerCase(Locale.ROOT))
                        .append(", ")
                        .append(Wording.duration(Duration.ofSeconds(budget.limitSeconds())))
                        .append("</li>"));
        return legend.append("</ul>\n").toString();
    }

    private double share(long part) {
        return Math.max(0, Math.min(1, (double) part / millis));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", share * 100);
    }
}
