package dev.lifeboat.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one contender's runs took. */
final class Series {
    private final String name;
    private final String unit;
    private final List<Double> runs = new ArrayList<>();

    /** Of seconds. */
    Series(String name) {
        this(name, "s");
    }

    Series(String name, String unit) {
        this.name = name;
        this.unit = unit;
    }

    /** Of what a {@link Step} tells: seconds, or MiB of the heap. */
    static Series ofStep(String step) {
        return step.equals(HeapPeak.NAME) ? new Series("  peak heap", "MiB") : new Series("  " + step);
    }

    void add(double run) {
        runs.add(run);
    }

    double median() {
        List<Double> sorted = runs.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** This median over the other's. */
    double ratioTo(Series other) {
        return median() / other.median();
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-44s median %8.3f %-3s (%d runs, %.3f to %.3f)",
                name,
                median(),
                unit,
                runs.size(),
                runs.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                runs.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
    }
}
