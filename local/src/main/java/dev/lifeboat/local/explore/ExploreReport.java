package dev.lifeboat.local.explore;

import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.List;
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
                "%s: %,d states, %s paths, %.1f s%n",
                exploration.title(),
                exploration.states(),
                number(exploration.paths()),
                exploration.millis() / 1e3);
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

    /**
     * Writes a table of all that was explored, and how far that goes.
     *
     * @param explored in the order of the table
     * @param alone machines that are in no pair
     */
    public void summarise(List<Exploration> explored, List<String> alone) {
        int width =
                explored.stream().mapToInt(each -> each.title().length()).max().orElse(0);
        String row = "%-" + width + "s  %12s  %12s  %12s  %7s%n";
        out.printf("%n" + row, "", "states", "paths", "rules broken", "seconds");
        for (Exploration each : explored) {
            out.printf(
                    Locale.ROOT,
                    row,
                    each.title(),
                    String.format(Locale.ROOT, "%,d", each.states()),
                    number(each.paths()),
                    each.violations().isEmpty() ? "none" : each.violations().size(),
                    String.format(Locale.ROOT, "%.1f", each.millis() / 1e3));
        }
        out.println();
        Bounds.sentences(alone).forEach(out::println);
        out.flush();
    }

    private static String number(BigInteger count) {
        return count.compareTo(EXACT) < 0
                ? String.format(Locale.ROOT, "%,d", count)
                : String.format(Locale.ROOT, "%.1e", count.doubleValue());
    }
}
