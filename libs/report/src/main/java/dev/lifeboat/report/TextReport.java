package dev.lifeboat.report;

import java.time.Duration;
import java.util.List;

/** Renders a report as plain text, for mail and for a pager: the verdict first, then what is left to do. */
public final class TextReport {
    /** SNS takes no longer one. */
    private static final int LONGEST_SUBJECT = 100;

    private final RecoveryReport report;
    private final StringBuilder text = new StringBuilder();

    private TextReport(RecoveryReport report) {
        this.report = report;
    }

    /** One line of ASCII, at most 100 characters. */
    public static String subject(RecoveryReport report) {
        String line = "Lifeboat: " + report.target().name() + " " + Wording.verdict(report);
        String ascii = line.replaceAll("[^ -~]", "?");
        return ascii.length() <= LONGEST_SUBJECT ? ascii : ascii.substring(0, LONGEST_SUBJECT - 3) + "...";
    }

    /**
     * @param where the whole report lies, to end with
     */
    public static String body(RecoveryReport report, String where) {
        return new TextReport(report).body(where);
    }

    private String body(String where) {
        line(Wording.summary(report));
        line("");
        line("Incident   " + report.incident());
        line("Target     " + report.target().name() + ", database "
                + report.target().database() + " in " + report.target().cluster() + "/"
                + report.target().namespace());
        line("Trigger    " + report.trigger().source() + " at "
                + Wording.time(report.trigger().at()));
        line("Failed     after " + Wording.time(report.measures().failedAfter()));
        if (report.measures().recoveredAt() != null) {
            line("Recovered  " + Wording.time(report.measures().recoveredAt()));
        }
        if (report.evidence() != null) {
            line("Seen       " + report.evidence().condition() + ", so "
                    + report.evidence().decision() + ": " + report.evidence().reason());
        }
        if (report.failure() != null) {
            line("Failure    step " + report.failure().step() + ": "
                    + report.failure().error());
            line("           " + report.failure().cause());
        }
        budgets();
        restore();
        remaining();
        line("");
        line("The whole report: " + where);
        return text.toString();
    }

    private void budgets() {
        if (report.measures().budgets().isEmpty()) {
            return;
        }
        line("");
        for (Budget budget : report.measures().budgets()) {
            String actual = budget.actualSeconds() == null
                    ? "not reached"
                    : Wording.duration(Duration.ofSeconds(budget.actualSeconds()));
            String held = budget.held() == null ? "" : budget.held() ? "  held" : "  EXCEEDED";
            line(String.format(
                    "%-14s %-14s of %s%s",
                    budget.component().title(),
                    actual,
                    Wording.duration(Duration.ofSeconds(budget.limitSeconds())),
                    held));
        }
    }

    private void restore() {
        Restore restore = report.restore();
        if (restore.backup() == null && restore.rejected().isEmpty()) {
            return;
        }
        line("");
        if (restore.backup() != null) {
            line("Backup     " + restore.backup().backupId() + ", snapshot of "
                    + Wording.time(restore.backup().snapshotAt()));
        }
        restore.rejected().forEach(rejected -> line("Not used   " + rejected.backupId() + ": " + rejected.reason()));
        if (restore.progress() != null) {
            line("Loaded     " + Wording.loaded(restore.progress()));
            line("Built      " + Wording.built(restore.progress()));
        }
        if (restore.check() != null) {
            line("Checked    " + Wording.count(restore.check().rows(), "row") + " in "
                    + Wording.count(restore.check().tables(), "table") + ", "
                    + Wording.count(restore.check().mismatches().size(), "difference"));
        }
        if (restore.cutOver() != null && restore.cutOver().quarantineDatabase() != null) {
            line("Quarantine " + restore.cutOver().quarantineDatabase() + " (the lost database, kept)");
        }
    }

    private void remaining() {
        List<Remaining> work = report.remaining();
        line("");
        if (work.isEmpty()) {
            line("Nothing is left to do.");
            return;
        }
        line("Left to do:");
        for (int i = 0; i < work.size(); i++) {
            line("  " + (i + 1) + ". " + work.get(i).what());
            if (work.get(i).command() != null) {
                line("       " + work.get(i).command());
            }
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
