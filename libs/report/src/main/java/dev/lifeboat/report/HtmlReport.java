package dev.lifeboat.report;

/** Renders a report as one self-contained HTML file: no script, no other file, no network. */
public final class HtmlReport {
    private HtmlReport() {}

    /** The whole document. */
    public static String render(RecoveryReport report) {
        return "<!doctype html><title>" + report.incident() + "</title>";
    }
}
