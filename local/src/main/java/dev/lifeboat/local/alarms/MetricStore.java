package dev.lifeboat.local.alarms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What functions measured, taken from the embedded metric format in their logs. Source: CloudWatch User Guide,
 * "Specification: Embedded metric format". Thread-safe.
 */
public final class MetricStore {
    /** One value. */
    record Sample(Instant at, double value) {}

    private record Key(String namespace, String metric, Map<String, String> dimensions) {}

    private final Map<Key, List<Sample>> samples = new ConcurrentHashMap<>();

    /** Takes a log line; one that is not in the embedded metric format is left alone. */
    public void log(String line) {
        if (!line.contains("\"_aws\"")) {
            return;
        }
        try {
            JsonNode document = Json.mapper().readTree(line);
            JsonNode metadata = document.path("_aws");
            Instant at = Instant.ofEpochMilli(metadata.path("Timestamp").asLong());
            metadata.path("CloudWatchMetrics").forEach(directive -> directive(document, directive, at));
        } catch (JsonProcessingException e) {
            // CloudWatch too takes a line that is not JSON for a plain log line.
            return;
        }
    }

    private void directive(JsonNode document, JsonNode directive, Instant at) {
        for (JsonNode names : directive.path("Dimensions")) {
            Map<String, String> dimensions = new TreeMap<>();
            names.forEach(name ->
                    dimensions.put(name.asText(), document.path(name.asText()).asText()));
            for (JsonNode metric : directive.path("Metrics")) {
                String name = metric.path("Name").asText();
                JsonNode value = document.path(name);
                Iterable<JsonNode> values = value.isArray() ? value : List.of(value);
                values.forEach(v -> add(directive.path("Namespace").asText(), name, dimensions, at, v.asDouble()));
            }
        }
    }

    void add(String namespace, String metric, Map<String, String> dimensions, Instant at, double value) {
        samples.computeIfAbsent(
                        new Key(namespace, metric, new TreeMap<>(dimensions)), key -> new CopyOnWriteArrayList<>())
                .add(new Sample(at, value));
    }

    /** The samples of a metric from one moment up to but without another. */
    List<Sample> between(String namespace, String metric, Map<String, String> dimensions, Instant from, Instant to) {
        List<Sample> all = samples.getOrDefault(new Key(namespace, metric, new TreeMap<>(dimensions)), List.of());
        List<Sample> found = new ArrayList<>();
        for (Sample sample : all) {
            if (!sample.at().isBefore(from) && sample.at().isBefore(to)) {
                found.add(sample);
            }
        }
        return found;
    }
}
