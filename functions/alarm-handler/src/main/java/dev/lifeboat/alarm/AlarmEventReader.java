package dev.lifeboat.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jboss.logging.Logger;

/**
 * Reads EventBridge's "CloudWatch Alarm State Change". Fields that we do not know are AWS's business. Follows "Alarm events
 * and EventBridge" of the CloudWatch user guide.
 */
final class AlarmEventReader {
    private static final Logger LOG = Logger.getLogger(AlarmEventReader.class);
    // CloudWatch writes 2026-11-23T06:45:03.123+0000, EventBridge's own fields 2026-11-23T06:45:03Z.
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter();

    private static final String HINT = "Send one of events/alarm-handler-*.json.";

    private AlarmEventReader() {}

    static AlarmEvent read(InputStream json) {
        JsonNode event = tree(json);
        JsonNode detail = event.path("detail");
        JsonNode state = detail.path("state");
        Instant at = at(event, state);
        String value = text(state, "detail.state.value", "value");
        return new AlarmEvent(
                text(detail, "detail.alarmName", "alarmName"),
                value,
                at,
                FailureInstant.of(detail, at),
                state.path("reason").asText(""));
    }

    /** When the alarm changed its state, or, where that cannot be read, when EventBridge took its event: a delivery's copies have both. */
    private static Instant at(JsonNode event, JsonNode state) {
        try {
            return time(text(state, "detail.state.timestamp", "timestamp"));
        } catch (InvalidInputException e) {
            if (!event.path("time").isTextual()) {
                throw e;
            }
            LOG.warnf("The event's own time does: %s", e.getMessage());
            return time(event.path("time").textValue());
        }
    }

    static Instant time(String text) {
        try {
            return TIME.parse(text, OffsetDateTime::from).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidInputException(
                    "Invalid the AlarmHandler event: '" + text + "' is no time, expected such as"
                            + " 2026-11-23T06:45:03.123+0000.",
                    HINT,
                    e);
        }
    }

    private static String text(JsonNode parent, String path, String field) {
        JsonNode value = parent.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new InvalidInputException("Invalid the AlarmHandler event: field '" + path + "' is missing.", HINT);
        }
        return value.textValue();
    }

    private static JsonNode tree(InputStream json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new InvalidInputException("Invalid the AlarmHandler event: " + e.getMessage(), HINT, e);
        }
    }
}
