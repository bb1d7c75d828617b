package dev.lifeboat.local.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an execution's own history says of its Tasks. */
final class StepHistory {
    private final Map<Long, JsonNode> events = new TreeMap<>();

    /** @param json GetExecutionHistory's {@code events} */
    StepHistory(String json) {
        try {
            Json.mapper()
                    .readTree(json)
                    .forEach(event -> events.put(event.path("id").asLong(), event));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The history is no JSON", e);
        }
    }

    /** The Tasks that invoked a function. */
    Set<String> invoked() {
        Set<String> states = new TreeSet<>();
        events.values().stream()
                .filter(event -> event.path("taskScheduledEventDetails")
                        .path("resourceType")
                        .asText()
                        .equals("lambda"))
                .forEach(event -> states.add(state(event)));
        return states;
    }

    /** How often a Task's process was killed by SIGKILL. */
    Map<String, Integer> killed() {
        Map<String, Integer> kills = new TreeMap<>();
        for (JsonNode event : events.values()) {
            JsonNode failed = event.path("taskFailedEventDetails");
            if (failed.path("error").asText().equals("Runtime.ExitError")
                    && failed.path("cause").asText().contains("signal: killed")) {
                kills.merge(state(event), 1, Integer::sum);
            }
        }
        return kills;
    }

    /** When each Task that invoked a function succeeded last. */
    Map<String, Instant> succeeded() {
        Map<String, Instant> ends = new HashMap<>();
        for (JsonNode event : events.values()) {
            JsonNode done = event.path("taskSucceededEventDetails");
            if (done.path("resourceType").asText().equals("lambda")) {
                ends.put(
                        state(event),
                        Instant.ofEpochMilli(Math.round(event.path("timestamp").asDouble() * 1000)));
            }
        }
        return ends;
    }

    private String state(JsonNode event) {
        JsonNode entered = event;
        while (!entered.path("type").asText().endsWith("StateEntered")) {
            entered = events.get(entered.path("previousEventId").asLong());
        }
        return entered.path("stateEnteredEventDetails").path("name").asText();
    }
}
