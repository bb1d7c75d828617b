package dev.lifeboat.local.alarms;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.template.AlarmResource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The detail of a "CloudWatch Alarm State Change" event. Source: CloudWatch User Guide, "Alarm events and EventBridge". */
final class AlarmEvent {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter IN_REASON =
            DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss").withZone(ZoneOffset.UTC);

    private AlarmEvent() {}

    /**
     * A state and why.
     *
     * @param value the state
     * @param reason in words
     * @param reasonData as JSON, may be null
     * @param at since when
     */
    record State(AlarmState value, String reason, String reasonData, Instant at) {
        ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("reason", reason);
            if (reasonData != null) {
                json.put("reasonData", reasonData);
            }
            return json.put("timestamp", TIME.format(at)).put("value", value.name());
        }
    }

    static State state(
            AlarmResource alarm,
            AlarmState from,
            AlarmState to,
            List<OptionalDouble> points,
            List<Instant> starts,
            Instant now) {
        int n = alarm.evaluationPeriods();
        StringBuilder values = new StringBuilder();
        ArrayNode recent = JsonNodeFactory.instance.arrayNode();
        ArrayNode evaluated = JsonNodeFactory.instance.arrayNode();
        int count = 0;
        for (int i = points.size() - 1; i >= Math.max(0, points.size() - n); i--) {
            if (points.get(i).isPresent()) {
                double value = points.get(i).getAsDouble();
                count++;
                values.append(values.isEmpty() ? "" : ", ")
                        .append(value)
                        .append(" (")
                        .append(IN_REASON.format(starts.get(i)))
                        .append(')');
                recent.insert(0, value);
                evaluated
                        .addObject()
                        .put("timestamp", TIME.format(starts.get(i)))
                        .put("value", value);
            }
        }
        String reason = count == 0
                ? "Threshold Crossed: no datapoints were received for " + n + (n == 1 ? " period" : " periods")
                        + " and " + n + " missing datapoint" + (n == 1 ? " was" : "s were") + " treated as ["
                        + (to == AlarmState.ALARM ? "Breaching" : "NonBreaching") + "]."
                : "Threshold Crossed: " + count + " out of the last " + n + " datapoint" + (n == 1 ? "" : "s") + " ["
                        + values + "] " + words(alarm, to) + " the threshold (" + alarm.threshold() + ") (minimum "
                        + alarm.datapointsToAlarm() + " datapoint" + (alarm.datapointsToAlarm() == 1 ? "" : "s")
                        + " for " + from + " -> " + to + " transition).";
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("version", "1.0")
                .put("queryDate", TIME.format(now))
                .put("startDate", TIME.format(starts.get(Math.max(0, starts.size() - n))))
                .put("statistic", alarm.statistic())
                .put("period", period(alarm, starts));
        data.set("recentDatapoints", recent);
        data.put("threshold", alarm.threshold());
        data.set("evaluatedDatapoints", evaluated);
        return new State(to, reason, data.toString(), now);
    }

    /** As it was evaluated: a drill shortens periods, and the handler reckons with them when the failure began. */
    private static long period(AlarmResource alarm, List<Instant> starts) {
        return starts.size() < 2
                ? alarm.period().toSeconds()
                : Math.max(1, Duration.between(starts.get(0), starts.get(1)).toSeconds());
    }

    private static String words(AlarmResource alarm, AlarmState to) {
        String comparison = alarm.comparison()
                .replace("Threshold", "")
                .replaceAll("([a-z])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT)
                .replaceFirst(" to$", " to");
        return (to == AlarmState.ALARM ? "was " : "was not ") + comparison;
    }

    static ObjectNode detail(AlarmResource alarm, State before, State after) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.put("alarmName", alarm.name());
        ObjectNode configuration = detail.putObject("configuration").put("description", alarm.description());
        ObjectNode metric = configuration
                .putArray("metrics")
                .addObject()
                .put("id", alarm.name().replaceAll("\\W", "_"));
        ObjectNode stat = metric.putObject("metricStat");
        ObjectNode which = stat.putObject("metric").put("name", alarm.metric()).put("namespace", alarm.namespace());
        ObjectNode dimensions = which.putObject("dimensions");
        alarm.dimensions().forEach(dimensions::put);
        stat.put("period", alarm.period().toSeconds()).put("stat", alarm.statistic());
        metric.put("returnData", true);
        detail.set("previousState", before.json());
        detail.set("state", after.json());
        return detail;
    }
}
