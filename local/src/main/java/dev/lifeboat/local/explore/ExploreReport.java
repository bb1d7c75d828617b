package dev.lifeboat.local.explore;

import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.Locale;

/** Writes what was found, for people. */
public final class ExploreReport {
    private static final BigInteger EXACT = BigInteger.valueOf(1_000_000_000_000L);

    private final PrintWriter out;

    /** @param out where to */
    public ExploreReport(PrintWriter out) {
        this.out = out;
    }

    /** Writes one exploration. */
    public void print(Exploration exploration) {
        out.printf(
                Locale.ROOT,
                "%s: %,d states, %s paths%n",
                exploration.title(),
                exploration.states(),
                number(exploration.paths()));
        exploration.endings().forEach((how, paths) -> out.printf("  %18s  %s%n", number(paths), how));
        for (Violation violation : exploration.violations()) {
            out.printf("  VIOLATION: %s%n", violation.rule());
            int step = 0;
            for (String label : violation.path()) {
                out.printf("    %2d. %s%n", ++step, label);
            }
        }
        out.flush();
    }

    private static String number(BigInteger count) {
        return count.compareTo(EXACT) < 0
                ? String.format(Locale.ROOT, "%,d", count)
                : String.format(Locale.ROOT, "%.1e", count.doubleValue());
    }
}
