package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An execution's events. Source: Step Functions API reference, HistoryEvent. Thread-safe. */
final class History {
    private final List<ObjectNode> events = new ArrayList<>();

    /** @return the event's id, which the branch's next event names as its previous */
    synchronized long add(long previous, String type, String detailsField, ObjectNode details) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        long id = events.size() + 1L;
        // Seconds since the epoch, as the JSON protocol writes timestamps.
        event.put("timestamp", Instant.now().toEpochMilli() / 1000.0);
        event.put("type", type);
        event.put("id", id);
        event.put("previousEventId", previous);
        if (details != null) {
            event.set(detailsField, details);
        }
        events.add(event);
        return id;
    }

    synchronized List<ObjectNode> events() {
        return List.copyOf(events);
    }

    static ObjectNode details(String... keysAndValues) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (keysAndValues[i + 1] != null) {
                details.put(keysAndValues[i], keysAndValues[i + 1]);
            }
        }
        return details;
    }

    static ObjectNode withData(ObjectNode details, String name, JsonNode data) {
        details.put(name, data.toString());
        details.putObject(name + "Details").put("truncated", false);
        return details;
    }
}
