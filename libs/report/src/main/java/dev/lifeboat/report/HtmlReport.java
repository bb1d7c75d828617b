package dev.lifeboat.report;

import dev.lifeboat.contract.recovery.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * Renders a report as one self-contained HTML file: no script, no other file, no network. It reads in light and dark, on
 * paper, and by a screen reader: nothing is said by colour alone. Every text in it is escaped.
 */
public final class HtmlReport {
    private final RecoveryReport report;
    private final StringBuilder html = new StringBuilder();

    private HtmlReport(RecoveryReport report) {
        this.report = report;
    }

    /** The whole document. */
    public static String render(RecoveryReport report) {
        return new HtmlReport(report).document();
    }

    private String document() {
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(text("Lifeboat: " + report.target().name() + " " + Wording.verdict(report)))
                .append("</title>\n<style>\n")
                .append(css())
                .append("</style>\n</head>\n<body>\n<main>\n");
        verdict();
        numbers();
        remaining();
        budgets();
        section("Where the time went", "long", HtmlTimeline.of(report));
        backup();
        new HtmlOutside(report).sections().forEach((title, table) -> section(title, "long", table));
        evidence();
        report.sections().forEach(this::extra);
        facts();
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    private void verdict() {
        String tone = switch (report.outcome()) {
            case RECOVERED -> report.measures().withinBudget() ? "good" : "bad";
            case NOT_NEEDED, HANDED_OVER -> "calm";
            case NEEDS_PERSON, NOT_APPROVED, OBSERVED -> "bad";
        };
        String kind = report.target().purpose() == Target.Purpose.DRILL ? "drill" : "recovery";
        String verdict = Wording.verdict(report);
        html.append("<header class=\"verdict ")
                .append(tone)
                .append("\">\n<p class=\"kicker\">Lifeboat ")
                .append(kind)
                .append(" report &middot; ")
                .append(text(report.target().name()))
                .append(" &middot; ")
                .append(text(Wording.time(report.trigger().at())))
                .append("</p>\n<h1>")
                .append(text(verdict.substring(0, 1).toUpperCase(Locale.ROOT) + verdict.substring(1)))
                .append("</h1>\n<p class=\"summary\">")
                .append(text(Wording.summary(report)))
                .append("</p>\n");
        if (report.failure() != null) {
            html.append("<p class=\"failure\"><strong>Step ")
                    .append(text(report.failure().step()))
                    .append(":</strong> <code>")
                    .append(text(report.failure().error()))
                    .append("</code><br>")
                    .append(text(report.failure().cause()))
                    .append("</p>\n");
        }
        html.append("</header>\n");
    }

    private void numbers() {
        Measures measures = report.measures();
        html.append("<dl class=\"numbers\">\n");
        number(
                "Recovery time (RTO)",
                seconds(measures.rtoSeconds()),
                measures.rtoSeconds() == null ? "nothing was recovered" : "from the failure until all was back");
        number(
                "Data loss (RPO)",
                seconds(measures.rpoSeconds()),
                report.restore().backup() == null
                        ? "no backup was restored"
                        : "backup's snapshot of "
                                + Wording.time(report.restore().backup().snapshotAt()));
        Check check = report.restore().check();
        number(
                "Checked",
                check == null ? "nothing" : Wording.count(check.rows(), "row"),
                check == null
                        ? "nothing was restored"
                        : "in " + Wording.count(check.tables(), "table") + ", "
                                + Wording.count(check.mismatches().size(), "difference"));
        long held = measures.budgets().stream()
                .filter(budget -> Boolean.TRUE.equals(budget.held()))
                .count();
        number(
                "Budgets held",
                measures.budgets().isEmpty()
                        ? "\u2013"
                        : held + " of " + measures.budgets().size(),
                measures.budgets().isEmpty()
                        ? "nothing had to be held"
                        : measures.withinBudget() ? "none exceeded" : "see below which was exceeded");
        html.append("</dl>\n");
    }

    private void number(String name, String value, String note) {
        html.append("<div class=\"number\"><dt>")
                .append(text(name))
                .append("</dt><dd><span class=\"value\">")
                .append(text(value))
                .append("</span><span class=\"note\">")
                .append(text(note))
                .append("</span></dd></div>\n");
    }

    private void remaining() {
        if (report.remaining().isEmpty()) {
            return;
        }
        StringBuilder list = new StringBuilder("<ol class=\"work\">\n");
        for (Remaining work : report.remaining()) {
            list.append("<li>").append(text(work.what()));
            if (work.command() != null) {
                list.append("<pre>").append(text(work.command())).append("</pre>");
            }
            list.append("</li>\n");
        }
        section("What is left for a person", "long", list.append("</ol>\n").toString());
    }

    private void budgets() {
        if (report.measures().budgets().isEmpty()) {
            return;
        }
        StringBuilder rows = new StringBuilder();
        for (Budget budget : report.measures().budgets()) {
            long actual = budget.actualSeconds() == null ? 0 : budget.actualSeconds();
            double share = Math.min(1, (double) actual / budget.limitSeconds());
            boolean exceeded = Boolean.FALSE.equals(budget.held());
            rows.append("<div class=\"budget")
                    .append(exceeded ? " exceeded" : "")
                    .append("\"><strong>")
                    .append(budget.component().title())
                    .append("</strong><div class=\"track\" aria-hidden=\"true\">");
            if (budget.actualSeconds() != null) {
                rows.append(
                        String.format(Locale.ROOT, "<div class=\"bar\" style=\"width:%.2f%%\"></div>", share * 100));
            }
            rows.append("</div><span>")
                    .append(text(
                            budget.actualSeconds() == null ? "not reached," : seconds(budget.actualSeconds()) + " of"))
                    .append(' ')
                    .append(text(seconds(budget.limitSeconds())))
                    .append(" &ensp;")
                    .append(budget.held() == null ? "" : HtmlOutside.mark(budget.held(), "held", "exceeded"))
                    .append("</span></div>\n");
        }
        section("Against the budgets", "", rows.toString());
    }

    private void backup() {
        Restore restore = report.restore();
        if (restore.backup() == null && restore.rejected().isEmpty()) {
            return;
        }
        HtmlTable table = HtmlTable.facts();
        UsedBackup used = restore.backup();
        if (used != null) {
            table.fact("Backup", used.backupId())
                    .fact("Snapshot of", Wording.time(used.snapshotAt()))
                    .fact("Verified", used.verifiedAt() == null ? null : Wording.time(used.verifiedAt()))
                    .fact("Archive", used.key() + ", " + Wording.size(used.size()))
                    .fact("Rows", String.format(Locale.ROOT, "%,d", used.rows()));
        }
        if (restore.progress() != null) {
            table.fact("Loaded", Wording.loaded(restore.progress())).fact("Built", Wording.built(restore.progress()));
        }
        CutOver cutOver = restore.cutOver();
        if (cutOver != null) {
            table.fact("Swapped in", "as " + cutOver.liveDatabase() + ", " + Wording.time(cutOver.at()));
            table.fact("Quarantine", cutOver.quarantineDatabase());
            if (cutOver.undoCommand() != null) {
                table.row("Undo", "<pre>" + text(cutOver.undoCommand()) + "</pre>");
            }
        }
        StringBuilder content = new StringBuilder(table.html());
        if (restore.check() != null && !restore.check().mismatches().isEmpty()) {
            HtmlTable differences = HtmlTable.of("Difference");
            restore.check().mismatches().forEach(mismatch -> differences.row(text(mismatch)));
            content.append(differences.html());
        }
        if (!restore.rejected().isEmpty()) {
            HtmlTable rejected = HtmlTable.of("Newer backup", "Not used, because", "Tried");
            restore.rejected()
                    .forEach(each -> rejected.row(
                            text(each.backupId()), text(each.reason()), each.tried() ? "in vain" : "not tried"));
            content.append(rejected.html());
        }
        section("What was restored", "", content.toString());
    }

    private void evidence() {
        Evidence evidence = report.evidence();
        if (evidence == null) {
            return;
        }
        HtmlTable looks = HtmlTable.of("Look", "=Answer", "Seen", "#Took");
        evidence.looks()
                .forEach(look -> looks.row(
                        text(look.question()),
                        text(look.answer()),
                        text(look.reason()),
                        text(Wording.duration(Duration.ofMillis(look.millis())))));
        HtmlTable rungs = HtmlTable.of("Rung", "Not taken, because");
        evidence.rejected().forEach(rejected -> rungs.row(text(rejected.rung()), text(rejected.reason())));
        section(
                "The evidence it acted on",
                "long",
                "<p style=\"margin-bottom:12px\"><strong>" + text(evidence.condition()) + "</strong>, so <strong>"
                        + text(evidence.decision()) + "</strong>: " + text(evidence.reason()) + "</p>\n"
                        + (evidence.looks().isEmpty() ? "" : looks.html())
                        + (evidence.rejected().isEmpty() ? "" : rungs.html()));
    }

    private void extra(Section extra) {
        HtmlTable rows = HtmlTable.facts();
        extra.rows()
                .forEach(row -> rows.row(
                        text(row.name()),
                        (row.held() == null ? "" : HtmlOutside.mark(row.held(), "held", "not held") + " &ensp;")
                                + value(row.value())));
        section(extra.title(), "long", rows.html());
    }

    /** What has lines of its own keeps them, such as the end of a log. */
    private static String value(String value) {
        return value.contains("\n") ? "<pre>" + text(value) + "</pre>" : text(value);
    }

    private void facts() {
        Target target = report.target();
        Measures measures = report.measures();
        HtmlTable table = HtmlTable.facts()
                .fact("Incident", report.incident())
                .fact("Scenario", report.scenario())
                .fact(
                        "Trigger",
                        report.trigger().source() + ", "
                                + Wording.time(report.trigger().at()))
                .fact("Reason", report.trigger().detail())
                .fact("Failed after", Wording.time(measures.failedAfter()))
                .fact("Recovery began", Wording.time(measures.startedAt()))
                .fact(
                        "Database back",
                        measures.databaseReadyAt() == null ? null : Wording.time(measures.databaseReadyAt()))
                .fact("Everything back", measures.recoveredAt() == null ? null : Wording.time(measures.recoveredAt()))
                .fact("Database", target.database() + ", from backups of " + target.backupOf())
                .fact("Cluster", target.cluster() + ", namespace " + target.namespace())
                .fact("Execution", report.execution());
        section("The incident", "", table.html());
    }

    private void section(String title, String style, String content) {
        html.append("<section")
                .append(style.isEmpty() ? ">" : " class=\"" + style + "\">")
                .append("\n<h2>")
                .append(text(title))
                .append("</h2>\n")
                .append(content)
                .append("</section>\n");
    }

    private static String seconds(Long seconds) {
        return seconds == null ? "\u2013" : Wording.duration(Duration.ofSeconds(seconds));
    }

    private static String text(Object value) {
        return HtmlText.escape(value);
    }

    private static String css() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
