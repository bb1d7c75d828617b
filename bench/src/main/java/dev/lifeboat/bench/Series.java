package dev.lifeboat.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one contender's runs took. */
final class Series {
    private final String name;
    private final List<Double> seconds = new ArrayList<>();

    Series(String name) {
        this.name = name;
    }

    void add(double run) {
        seconds.add(run);
    }

    double median() {
        List<Double> sorted = seconds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** This median over the other's. */
    double ratioTo(Series other) {
        return median() / other.median();
    }

    boolean isEmpty() {
        return seconds.isEmpty();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-44s median %8.3f s   (%d runs, %.3f to %.3f)",
                name,
                median(),
                seconds.size(),
                seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                seconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
    }
}
