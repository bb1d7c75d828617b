package dev.lifeboat.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.error.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Reads a CloudWatch alarm's change in each of the three forms that CloudWatch sends it in, of metric and of composite alarms. Follows
 * "Alarm events and EventBridge", "Invoke a Lambda function from an alarm" and "Notify users on alarm changes" of the CloudWatch user
 * guide. One change is the same event whichever way it comes.
 */
final class AlarmNews {
    private static final Logger LOG = Logger.getLogger(AlarmNews.class);

    private AlarmNews() {}

    static AlarmEvent ofEventBridge(JsonNode event) {
        return of(event.path("detail"), "detail", event.path("time"));
    }

    static AlarmEvent ofLambdaAction(JsonNode event) {
        return of(event.path("alarmData"), "alarmData", event.path("time"));
    }

    /** @param detail of a metric alarm or a composite one */
    private static AlarmEvent of(JsonNode detail, String path, JsonNode time) {
        JsonNode state = detail.path("state");
        Instant at = at(state, path, time);
        return new AlarmEvent(
                Fields.text(detail, "alarmName", path + ".alarmName"),
                Fields.text(state, "value", path + ".state.value"),
                at,
                FailureInstant.of(detail, at),
                state.path("reason").asText(""),
                state.path("actionsSuppressedBy").asText(null));
    }

    /** When the alarm changed its state, or, where that cannot be read, when the event was sent: a delivery's copies have both. */
    private static Instant at(JsonNode state, String path, JsonNode time) {
        try {
            return Fields.time(Fields.text(state, "timestamp", path + ".state.timestamp"));
        } catch (InvalidInputException e) {
            if (!time.isTextual()) {
                throw e;
            }
            LOG.warnf("The event's own time does: %s", e.getMessage());
            return Fields.time(time.textValue());
        }
    }

    /** Of the text that CloudWatch publishes; its {@code Trigger} has no datapoints, so all its periods count. */
    static AlarmEvent ofSnsMessage(JsonNode message) {
        Instant at = Fields.time(Fields.text(message, "StateChangeTime", "Message.StateChangeTime"));
        return new AlarmEvent(
                Fields.text(message, "AlarmName", "Message.AlarmName"),
                Fields.text(message, "NewStateValue", "Message.NewStateValue"),
                at,
                at.minus(evaluated(message.path("Trigger"))),
                message.path("NewStateReason").asText(""),
                message.path("ActionsSuppressedBy").asText(null));
    }

    private static Duration evaluated(JsonNode trigger) {
        long period = Math.max(0, trigger.path("Period").asLong(0));
        return Duration.ofSeconds(period)
                .multipliedBy(Math.max(1, trigger.path("EvaluationPeriods").asInt(1)));
    }
}
