package dev.lifeboat.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables of what users see. */
final class HtmlOutside {
    private final Outside outside;

    HtmlOutside(RecoveryReport report) {
        this.outside = report.outside();
    }

    /** By title, in order; what there is nothing of is left out. */
    Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        if (!outside.applications().isEmpty()) {
            sections.put("Applications", applications());
        }
        if (!outside.health().isEmpty()) {
            sections.put("Health from outside", health());
        }
        if (!outside.dns().isEmpty()) {
            sections.put("DNS", dns());
        }
        return sections;
    }

    private String applications() {
        HtmlTable table = HtmlTable.of("Deployment", "Rollout", "#Ready", "Seen");
        outside.applications()
                .forEach(each -> table.row(
                        HtmlText.escape(each.name()),
                        mark(each.complete(), "complete", "not complete"),
                        each.ready() + " of " + each.desired(),
                        HtmlText.escape(each.reason())));
        return table.html();
    }

    private String health() {
        HtmlTable table = HtmlTable.of("URL", "Health", "Seen", "#Took");
        outside.health()
                .forEach(each -> table.row(
                        "<code>" + HtmlText.escape(each.url()) + "</code>",
                        mark(each.healthy(), "healthy", "not healthy"),
                        HtmlText.escape(each.reason()),
                        HtmlText.escape(Wording.duration(Duration.ofMillis(each.millis())))));
        return table.html();
    }

    private String dns() {
        HtmlTable table = HtmlTable.of("Record", "Leads to", "Led to before");
        outside.dns()
                .forEach(each -> table.row(
                        HtmlText.escape(each.name()),
                        "<code>" + HtmlText.escape(each.after()) + "</code>",
                        each.changed()
                                ? "<code>" + HtmlText.escape(each.before()) + "</code>"
                                : "the same: nothing was changed"));
        return table.html();
    }

    /** Says it by a sign and a word, not by colour alone. */
    static String mark(boolean good, String yes, String no) {
        return "<span class=\"mark " + (good ? "good\">&#10003; " + yes : "bad\">&#10007; " + no) + "</span>";
    }
}
