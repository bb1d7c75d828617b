package dev.lifeboat.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.alarm.AlarmRequest.BackupVerdict;
import dev.lifeboat.alarm.AlarmRequest.News;
import dev.lifeboat.alarm.AlarmRequest.Settle;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells apart what the function may be called with: a request of our own by its {@code action}; an alarm's change by EventBridge,
 * as the alarm's own Lambda action, or wrapped in SNS; an event of AWS Health or EKS. Anything
 * else is refused with what it is.
 */
final class AlarmInput {
    private static final String WHAT = "the AlarmHandler event";
    /** A message of SNS may hold an event of EventBridge, which holds none of SNS. */
    private static final int DEEPEST = 1;

    private AlarmInput() {}

    static AlarmRequest read(InputStream json) {
        JsonNode event = tree(json);
        if (event.has("action")) {
            return request(event);
        }
        return new News(news(event, 0));
    }

    private static AlarmRequest request(JsonNode event) {
        String action = event.path("action").asText();
        return switch (action) {
            case Settle.ACTION -> Json.read(WHAT, event.toString(), Settle.class);
            case BackupVerdict.ACTION -> Json.read(WHAT, event.toString(), BackupVerdict.class);
            default ->
                throw new InvalidInputException(
                        "Invalid the AlarmHandler event: field 'action' is '" + action + "', expected '" + Settle.ACTION
                                + "' or '" + BackupVerdict.ACTION + "'.",
                        Fields.HINT);
        };
    }

    private static List<AlarmEvent> news(JsonNode event, int depth) {
        if (event.path("Records").isArray() && depth < DEEPEST) {
            return ofSns(event.path("Records"), depth);
        }
        String source = event.path("source").asText();
        if (event.has("alarmData")) {
            return List.of(AlarmNews.ofLambdaAction(event));
        }
        if (event.has("AlarmName")) {
            return List.of(AlarmNews.ofSnsMessage(event));
        }
        return switch (source) {
            case "aws.cloudwatch" -> List.of(AlarmNews.ofEventBridge(event));
            case "aws.health" -> List.of(ServiceNews.ofHealth(event));
            case "aws.eks" -> List.of(ServiceNews.ofEks(event));
            default -> throw unknown(event, source);
        };
    }

    private static List<AlarmEvent> ofSns(JsonNode records, int depth) {
        List<AlarmEvent> found = new ArrayList<>();
        for (JsonNode record : records) {
            String source = record.path("EventSource").asText();
            if (!source.equals("aws:sns")) {
                throw new InvalidInputException(
                        "Invalid the AlarmHandler event: field 'Records[].EventSource' is '" + source
                                + "', expected 'aws:sns'.",
                        Fields.HINT);
            }
            String message = Fields.text(record.path("Sns"), "Message", "Records[].Sns.Message");
            found.addAll(news(message(message), depth + 1));
        }
        if (found.isEmpty()) {
            throw new InvalidInputException("Invalid the AlarmHandler event: field 'Records' is empty.", Fields.HINT);
        }
        return found;
    }

    private static JsonNode message(String message) {
        try {
            return Json.mapper().readTree(message);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Invalid the AlarmHandler event: field 'Records[].Sns.Message' is no JSON: "
                            + message.substring(0, Math.min(message.length(), 80)) + ".",
                    "Subscribe the function to a topic that CloudWatch alarms alone publish to.",
                    e);
        }
    }

    private static InvalidInputException unknown(JsonNode event, String source) {
        List<String> fields = new ArrayList<>();
        event.fieldNames().forEachRemaining(fields::add);
        return new InvalidInputException(
                "Invalid the AlarmHandler event: "
                        + (source.isEmpty() ? "it has the fields " + fields : "field 'source' is '" + source + "'")
                        + ", expected 'source' aws.cloudwatch, aws.health or aws.eks, 'Records' of SNS, or 'action'.",
                Fields.HINT);
    }

    private static JsonNode tree(InputStream json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new InvalidInputException("Invalid the AlarmHandler event: " + e.getMessage(), Fields.HINT, e);
        }
    }
}
