package dev.lifeboat.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.jboss.logging.Logger;

/**
 * Works out since when a target may have been down. The alarm fires minutes after the failure, and those minutes count against
 * the recovery's budget: the failure lies between the last good look and the first bad one, so one period before the first bad
 * datapoint, whose timestamp is its period's beginning.
 */
final class FailureInstant {
    private static final Logger LOG = Logger.getLogger(FailureInstant.class);
    private static final Duration USUAL_PERIOD = Duration.ofMinutes(1);

    private record Datapoint(Instant at, OptionalDouble value) {}

    private FailureInstant() {}

    /**
     * Never later than {@code at}. What cannot be understood of the reason's data is no reason to leave a database down: the event's own
     * time does then.
     *
     * @param detail the event's
     * @param at when the alarm changed its state
     */
    static Instant of(JsonNode detail, Instant at) {
        try {
            Instant failure = ofDatapoints(detail, at);
            return failure.isAfter(at) ? at : failure;
        } catch (JsonProcessingException | InvalidInputException | DateTimeException | ArithmeticException e) {
            LOG.warnf("The alarm's reasonData cannot be read, so its periods count: %s", e.getMessage());
            return beforePeriods(detail, USUAL_PERIOD, at);
        }
    }

    private static Instant ofDatapoints(JsonNode detail, Instant at) throws JsonProcessingException {
        JsonNode data = reasonData(detail);
        if (data.path("triggeringAlarms").isArray()) {
            return ofTriggers(data.path("triggeringAlarms"), at);
        }
        Duration period = period(detail, data);
        List<Datapoint> evaluated = evaluated(data);
        return evaluated.isEmpty()
                ? beforePeriods(detail, period, at)
                : firstBad(evaluated, data.path("threshold")).minus(period);
    }

    /** A composite alarm has no datapoints of its own: it says since when the alarms are in ALARM that set it off. */
    private static Instant ofTriggers(JsonNode triggers, Instant at) {
        Instant earliest = at;
        for (JsonNode trigger : triggers) {
            JsonNode timestamp = trigger.path("state").path("timestamp");
            if (timestamp.isTextual() && Fields.time(timestamp.textValue()).isBefore(earliest)) {
                earliest = Fields.time(timestamp.textValue());
            }
        }
        return earliest;
    }

    private static Instant beforePeriods(JsonNode detail, Duration period, Instant at) {
        int periods = Math.max(
                1, detail.path("configuration").path("evaluationPeriods").asInt(1));
        return at.minus(period.multipliedBy(periods));
    }

    private static Instant firstBad(List<Datapoint> evaluated, JsonNode threshold) {
        OptionalDouble latest = OptionalDouble.empty();
        for (Datapoint each : evaluated) {
            latest = each.value().isPresent() ? each.value() : latest;
        }
        if (latest.isEmpty() || !threshold.isNumber()) {
            return evaluated.get(0).at();
        }
        // The event does not say how values compare to the threshold. The newest is bad, or there would be no alarm:
        // those on the
        // same side are too, and so are those that are missing.
        int bad = Double.compare(latest.getAsDouble(), threshold.doubleValue());
        return evaluated.stream()
                .filter(each -> each.value().isEmpty()
                        || Double.compare(each.value().getAsDouble(), threshold.doubleValue()) == bad)
                .findFirst()
                .orElseThrow()
                .at();
    }

    private static List<Datapoint> evaluated(JsonNode data) {
        List<Datapoint> points = new ArrayList<>();
        for (JsonNode each : data.path("evaluatedDatapoints")) {
            if (each.path("timestamp").isTextual()) {
                JsonNode value = each.path("value");
                points.add(new Datapoint(
                        Fields.time(each.path("timestamp").textValue()),
                        value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty()));
            }
        }
        points.sort(Comparator.comparing(Datapoint::at));
        return points;
    }

    private static Duration period(JsonNode detail, JsonNode data) {
        if (data.path("period").isInt()) {
            return Duration.ofSeconds(data.path("period").intValue());
        }
        JsonNode configured = detail.path("configuration")
                .path("metrics")
                .path(0)
                .path("metricStat")
                .path("period");
        return configured.isInt() ? Duration.ofSeconds(configured.intValue()) : USUAL_PERIOD;
    }

    /** JSON within a JSON string. */
    private static JsonNode reasonData(JsonNode detail) throws JsonProcessingException {
        String text = detail.path("state").path("reasonData").asText("");
        return text.isBlank() ? MissingNode.getInstance() : Json.mapper().readTree(text);
    }
}
