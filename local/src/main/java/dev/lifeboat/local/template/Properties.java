package dev.lifeboat.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** Resolved properties of one resource; what nobody read is an error, so that nothing deployed is missed here. */
final class Properties {
    private final String where;
    private final JsonNode node;
    private final Set<String> unread = new TreeSet<>();

    Properties(String where, JsonNode node) {
        this.where = where;
        this.node = node;
        node.fieldNames().forEachRemaining(unread::add);
    }

    String where() {
        return where;
    }

    JsonNode node(String name) {
        unread.remove(name);
        return node.path(name);
    }

    Properties child(String name) {
        return new Properties(where + "." + name, node(name));
    }

    List<Properties> children(String name) {
        return StreamSupport.stream(node(name).spliterator(), false)
                .map(child -> new Properties(where + "." + name, child))
                .toList();
    }

    String text(String name) {
        JsonNode value = node(name);
        if (!value.isValueNode()) {
            throw new TemplateException(where + " needs the property '" + name + "'.");
        }
        return value.asText();
    }

    String text(String name, String otherwise) {
        return node(name).asText(otherwise);
    }

    /** JSON given as text or as a mapping. */
    String json(String name) {
        JsonNode value = node(name);
        return value.isMissingNode() ? null : value.isTextual() ? value.asText() : value.toString();
    }

    Map<String, String> texts(String name) {
        Map<String, String> result = new LinkedHashMap<>();
        node(name).properties().forEach(e -> result.put(e.getKey(), e.getValue().asText()));
        return result;
    }

    List<String> list(String name) {
        return StreamSupport.stream(node(name).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** A property whose only accepted value is this. */
    void mustBe(String name, String value) {
        if (!text(name, value).equals(value)) {
            throw new TemplateException(
                    where + "." + name + " is '" + text(name) + "', supported here is '" + value + "' alone.");
        }
    }

    /** Properties that mean nothing on one machine. */
    Properties without(String... names) {
        Arrays.asList(names).forEach(unread::remove);
        return this;
    }

    void end() {
        if (!unread.isEmpty()) {
            throw new TemplateException(
                    where + " has properties that the local runner does not know: " + String.join(", ", unread) + ".");
        }
    }
}
