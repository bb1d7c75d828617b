package dev.lifeboat.orchestrator.report;

import dev.lifeboat.orchestrator.application.Failover;
import dev.lifeboat.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The failover test as a table of the drill's report. */
final class FailoverSection {
    static final String TITLE = "Failover test";

    private FailoverSection() {}

    static Section of(ReportRequest.ReportFailover test) {
        List<Section.Row> rows = new ArrayList<>();
        rows.add(new Section.Row(
                "Node",
                test.node() == null
                        ? "none was taken out of service"
                        : test.node() + ", cordoned, and its pods evicted as a drain does it",
                test.node() == null ? Boolean.FALSE : null));
        Failover.Progress seen = test.progress();
        if (seen != null) {
            rows.add(new Section.Row("Pods", seen.reason(), seen.done()));
            rows.add(new Section.Row(
                    "The application answered", answered(seen), seen.asked() > 0 && seen.failed() == 0));
            rows.add(new Section.Row(
                    "Longest gap", String.format(Locale.ROOT, "%.1f s", seen.gapMillis() / 1000.0), null));
            rows.add(new Section.Row(
                    "Disruption budgets",
                    seen.refused() == 0
                            ? "refused no eviction"
                            : "refused an eviction " + seen.refused() + " times; it was tried again each second",
                    null));
        }
        if (test.node() != null || test.leftCordoned()) {
            rows.add(new Section.Row(
                    "Afterwards",
                    test.leftCordoned()
                            ? "the node could not be let go: kubectl uncordon"
                            : "the node takes pods again",
                    !test.leftCordoned()));
        }
        if (test.failure() != null) {
            rows.add(new Section.Row(
                    "Step " + test.failure().step(),
                    test.failure().error() + ": " + test.failure().cause(),
                    false));
        }
        return new Section(TITLE, rows);
    }

    private static String answered(Failover.Progress seen) {
        return seen.asked() - seen.failed() + " of " + seen.asked() + " times; it was asked every second";
    }
}
