package dev.lifeboat.lambda;

import dev.lifeboat.contract.Json;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CloudWatch metrics in the embedded metric format: one JSON document on one line of standard output, which CloudWatch Logs
 * turns into metrics. No API call, nothing to lose or to wait for. Follows "Specification: Embedded metric format" of the
 * CloudWatch user guide. Not thread-safe; make one for each event.
 */
public final class EmbeddedMetrics {
    /** Units of CloudWatch's MetricDatum. */
    public enum Unit {
        COUNT("Count"),
        BYTES("Bytes"),
        SECONDS("Seconds"),
        MILLISECONDS("Milliseconds"),
        NONE("None");

        private final String name;

        Unit(String name) {
            this.name = name;
        }
    }

    /** The namespace of all metrics of Lifeboat. */
    public static final String NAMESPACE = "Lifeboat";

    private static final int MOST_METRICS = 100;
    private static final int MOST_DIMENSIONS = 30;

    private final PrintStream out;
    private final Clock clock;
    private final Map<String, String> dimensions = new LinkedHashMap<>();
    private final List<Map<String, String>> metrics = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    private EmbeddedMetrics(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Metrics of now, to standard output. */
    public static EmbeddedMetrics now() {
        return to(System.out, Clock.systemUTC());
    }

    /** Metrics to a stream, with the time of a clock. */
    public static EmbeddedMetrics to(PrintStream out, Clock clock) {
        return new EmbeddedMetrics(out, clock);
    }

    /** Adds a dimension, which all metrics of this line have: alarms must name all of them. At most 30. */
    public EmbeddedMetrics dimension(String name, String value) {
        if (dimensions.size() == MOST_DIMENSIONS) {
            throw new IllegalStateException("CloudWatch takes " + MOST_DIMENSIONS + " dimensions at most: " + name);
        }
        dimensions.put(name, value);
        return this;
    }

    /** Adds a metric. At most 100. */
    public EmbeddedMetrics metric(String name, long value, Unit unit) {
        return add(name, value, unit);
    }

    /** Adds a metric. At most 100. */
    public EmbeddedMetrics metric(String name, double value, Unit unit) {
        return add(name, value, unit);
    }

    private EmbeddedMetrics add(String name, Number value, Unit unit) {
        if (metrics.size() == MOST_METRICS) {
            throw new IllegalStateException("CloudWatch takes " + MOST_METRICS + " metrics in a line at most: " + name);
        }
        metrics.add(Map.of("Name", name, "Unit", unit.name));
        values.put(name, value);
        return this;
    }

    /** Adds what is searchable in CloudWatch Logs Insights, but no dimension, such as a backup's id. */
    public EmbeddedMetrics property(String name, String value) {
        values.put(name, value);
        return this;
    }

    /** Writes the line, in one piece, so that no other output can come between. */
    public void write() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(
                "_aws",
                Map.of(
                        "Timestamp",
                        clock.millis(),
                        "CloudWatchMetrics",
                        List.of(Map.of(
                                "Namespace",
                                NAMESPACE,
                                "Dimensions",
                                List.of(List.copyOf(dimensions.keySet())),
                                "Metrics",
                                metrics))));
        line.putAll(dimensions);
        line.putAll(values);
        byte[] bytes = (Json.compact(line) + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }
}
