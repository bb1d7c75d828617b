package dev.lifeboat.local.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.template.Arns;
import dev.lifeboat.local.template.EventTarget;
import dev.lifeboat.local.template.RuleResource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import software.amazon.event.ruler.Ruler;

/** The default event bus: AWS's own matcher on the template's patterns. Delivers at least once. Thread-safe. */
public final class EventBus {
    private final List<RuleResource> rules;
    private final Delivery delivery;
    private final BiConsumer<String, String> listener;
    private volatile int copies = 1;

    /** @param listener gets each event's detail-type and JSON */
    public EventBus(List<RuleResource> rules, Delivery delivery, BiConsumer<String, String> listener) {
        this.rules = List.copyOf(rules);
        this.delivery = delivery;
        this.listener = listener;
    }

    /** How often each event is delivered from now on. */
    public void deliver(int times) {
        copies = times;
    }

    /** Puts an event of an AWS service on the bus. */
    public void publish(String source, String detailType, String resourceArn, ObjectNode detail) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", detailType);
        event.put("source", source);
        event.put("account", Arns.ACCOUNT);
        event.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", Arns.REGION);
        event.putArray("resources").add(resourceArn);
        event.set("detail", detail);
        publish(event.toString(), copies);
    }

    /** Puts a whole event on the bus, as often as told. */
    public void publish(String json, int times) {
        JsonNode event = parse(json);
        listener.accept(event.path("detail-type").asText(), json);
        for (int i = 0; i < times; i++) {
            for (RuleResource rule : rules) {
                if (rule.enabled() && matches(rule, json)) {
                    for (EventTarget target : rule.targets()) {
                        delivery.deliver(target.arn(), EventInput.of(target, event));
                    }
                }
            }
        }
    }

    private static JsonNode parse(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The event is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static boolean matches(RuleResource rule, String event) {
        try {
            return Ruler.matchesRule(event, rule.pattern());
        } catch (Exception e) {
            // That is what the matcher declares.
            throw new IllegalArgumentException("The pattern of rule " + rule.name() + ": " + e.getMessage(), e);
        }
    }
}
