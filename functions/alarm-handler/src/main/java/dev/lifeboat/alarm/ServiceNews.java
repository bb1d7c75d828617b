package dev.lifeboat.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads what AWS says of its own services, as if it were an alarm: {@code aws.health:EKS} or {@code aws.eks:EKS Addon Health
 * Degraded} is its name in the alarms' mapping. Follows "AWS Health events Amazon EventBridge schema" of the AWS Health user guide, and
 * "Amazon Elastic Kubernetes Service events" of the EventBridge events reference.
 */
final class ServiceNews {
    private ServiceNews() {}

    /** The same issue has the same beginning in all its updates, and so is one incident. */
    static AlarmEvent ofHealth(JsonNode event) {
        JsonNode detail = event.path("detail");
        String service = Fields.text(detail, "service", "detail.service");
        Instant at = detail.path("startTime").isTextual()
                ? Fields.rfc1123(detail.path("startTime").textValue())
                : time(event);
        return new AlarmEvent("aws.health:" + service, healthState(detail), at, at, healthReason(detail, event), null);
    }

    private static String healthState(JsonNode detail) {
        String category = Fields.text(detail, "eventTypeCategory", "detail.eventTypeCategory");
        if (!category.equals("issue")) {
            return category.toUpperCase(Locale.ROOT);
        }
        return detail.path("statusCode").asText("open").equals("closed") ? "OK" : AlarmEvent.ALARM;
    }

    private static String healthReason(JsonNode detail, JsonNode event) {
        List<String> entities = new ArrayList<>();
        detail.path("affectedEntities")
                .forEach(each -> entities.add(each.path("entityValue").asText()));
        return detail.path("eventTypeCode").asText("unknown event") + " in "
                + detail.path("eventRegion").asText(event.path("region").asText("an unknown region"))
                + (entities.isEmpty() ? "" : ", affects " + String.join(", ", entities)) + ": "
                + detail.path("eventDescription")
                        .path(0)
                        .path("latestDescription")
                        .asText("no description");
    }

    static AlarmEvent ofEks(JsonNode event) {
        String type = Fields.text(event, "detail-type", "detail-type");
        Instant at = time(event);
        String state = type.endsWith("Succeeded") || type.endsWith("Restored") ? "OK" : AlarmEvent.ALARM;
        return new AlarmEvent(
                "aws.eks:" + type, state, at, at, event.path("resources") + " " + event.path("detail"), null);
    }

    private static Instant time(JsonNode event) {
        return Fields.time(Fields.text(event, "time", "time"));
    }
}
