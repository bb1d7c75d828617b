package dev.lifeboat.local.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.template.AlarmResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Source: CloudWatch User Guide, "Alarm events and EventBridge", the sample events. */
class AlarmsTest {
    private static final AlarmResource ALARM = new AlarmResource(
            "db-alarm",
            "arn",
            "The database",
            "Lifeboat",
            "DatabaseAnswering",
            Map.of("Target", "t"),
            "Minimum",
            Duration.ofSeconds(60),
            2,
            2,
            1,
            "LessThanThreshold",
            "breaching",
            List.of(),
            List.of(),
            List.of());

    private final MetricStore metrics = new MetricStore();
    private final List<ObjectNode> details = new ArrayList<>();
    private final Alarms alarms = new Alarms(
            List.of(ALARM), metrics, (alarm, detail, actions) -> details.add(detail), new AlarmListener() {}, 1);

    @AfterEach
    void stop() {
        alarms.close();
    }

    private void probed(String at, int value) {
        metrics.log("{\"_aws\":{\"Timestamp\":" + Instant.parse(at).toEpochMilli()
                + ",\"CloudWatchMetrics\":[{\"Namespace\":\"Lifeboat\",\"Dimensions\":[[\"Target\"]],"
                + "\"Metrics\":[{\"Name\":\"DatabaseAnswering\",\"Unit\":\"None\"}]}]},\"Target\":\"t\",\"DatabaseAnswering\":"
                + value + "}");
    }

    private void evaluate(String now) {
        alarms.evaluate(ALARM, Instant.parse("2026-01-01T00:00:00Z"), Instant.parse(now));
    }

    @Test
    void twoPeriodsOfSilenceOfTheDatabaseAreAnAlarmWithItsReason() throws Exception {
        probed("2026-01-01T00:00:20Z", 1);
        evaluate("2026-01-01T00:01:05Z");
        probed("2026-01-01T00:01:20Z", 0);
        evaluate("2026-01-01T00:02:05Z");
        probed("2026-01-01T00:02:20Z", 0);
        evaluate("2026-01-01T00:03:05Z");
        evaluate("2026-01-01T00:03:05Z");

        assertThat(details).hasSize(2);
        assertThat(details.get(0).path("state").path("value").asText()).isEqualTo("OK");
        assertThat(details.get(0).path("previousState").path("value").asText()).isEqualTo("INSUFFICIENT_DATA");
        JsonNode alarm = details.get(1);
        assertThat(alarm.path("alarmName").asText()).isEqualTo("db-alarm");
        assertThat(alarm.path("state").path("value").asText()).isEqualTo("ALARM");
        assertThat(alarm.path("state").path("timestamp").asText()).isEqualTo("2026-01-01T00:03:05.000+0000");
        assertThat(alarm.path("state").path("reason").asText())
                .isEqualTo("Threshold Crossed: 2 out of the last 2 datapoints [0.0 (01/01/26 00:02:00), 0.0 (01/01/26"
                        + " 00:01:00)] was less than the threshold (1.0) (minimum 2 datapoints for OK -> ALARM"
                        + " transition).");
        JsonNode data =
                Json.mapper().readTree(alarm.path("state").path("reasonData").asText());
        assertThat(data.path("startDate").asText()).isEqualTo("2026-01-01T00:01:00.000+0000");
        assertThat(data.path("period").asInt()).isEqualTo(60);
        assertThat(data.path("recentDatapoints").toString()).isEqualTo("[0.0,0.0]");
        JsonNode stat = alarm.path("configuration").path("metrics").path(0).path("metricStat");
        assertThat(stat.path("metric").toString())
                .isEqualTo(
                        "{\"name\":\"DatabaseAnswering\",\"namespace\":\"Lifeboat\",\"dimensions\":{\"Target\":\"t\"}}");
    }

    @Test
    void aProbeThatNeverRanIsAnAlarmAfterItsPeriods() {
        evaluate("2026-01-01T00:01:05Z");
        evaluate("2026-01-01T00:02:05Z");
        assertThat(details).isEmpty();

        evaluate("2026-01-01T00:03:05Z");
        assertThat(details).hasSize(1);
        assertThat(details.get(0).path("state").path("reason").asText())
                .isEqualTo("Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were"
                        + " treated as [Breaching].");
    }

    @Test
    void otherLinesAndOtherDimensionsAreNoData() {
        metrics.log("plain \"_aws\" text");
        metrics.add(
                "Lifeboat", "DatabaseAnswering", Map.of("Target", "other"), Instant.parse("2026-01-01T00:02:20Z"), 1);

        evaluate("2026-01-01T00:03:05Z");
        assertThat(alarms.state("db-alarm")).isEqualTo(AlarmState.ALARM);
    }
}
