package dev.lifeboat.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.error.InvalidInputException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Fields of AWS's own envelopes: those that we need are there, those that we do not know are AWS's business. */
final class Fields {
    static final String HINT = "Send one of events/alarm-handler-*.json.";

    // CloudWatch writes 2026-11-23T06:45:03.123+0000, EventBridge's own fields 2026-11-23T06:45:03Z.
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter();

    private Fields() {}

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

    /** A time as AWS Health writes it: {@code Sat, 05 Jun 2026 15:10:09 GMT}. */
    static Instant rfc1123(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return time(text);
        }
    }

    /**
     * @param path names the field in a failure's message
     * @throws InvalidInputException when it is missing, blank or no text
     */
    static String text(JsonNode parent, String field, String path) {
        JsonNode value = parent.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new InvalidInputException("Invalid the AlarmHandler event: field '" + path + "' is missing.", HINT);
        }
        return value.textValue();
    }
}
