package dev.lifeboat.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** The template's parameters with their values checked as CloudFormation does. */
final class Parameters {
    private final Map<String, JsonNode> values = new TreeMap<>();

    Parameters(JsonNode definitions, Map<String, String> overrides) {
        definitions.properties().forEach(e -> values.put(e.getKey(), value(e.getKey(), e.getValue(), overrides)));
        overrides.keySet().stream()
                .filter(name -> !values.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new TemplateException(
                            "The template has no parameter '" + name + "', only " + values.keySet() + ".");
                });
    }

    /** Text, an array for a list, or null when there is no such parameter. */
    JsonNode get(String name) {
        return values.get(name);
    }

    private static JsonNode value(String name, JsonNode definition, Map<String, String> overrides) {
        String type = definition.path("Type").asText();
        String value = overrides.getOrDefault(name, definition.path("Default").asText(standIn(type)));
        if (value == null) {
            throw new TemplateException("Parameter '" + name + "' has no default and was not given.");
        }
        check(name, definition, value);
        if (type.equals("CommaDelimitedList") || type.startsWith("List<")) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (String part : value.split(",", -1)) {
                list.add(part.strip());
            }
            return list;
        }
        return TextNode.valueOf(value);
    }

    /** Subnets and security groups have no local meaning. */
    private static String standIn(String type) {
        return type.contains("AWS::EC2::") ? "local-0" : null;
    }

    private static void check(String name, JsonNode definition, String value) {
        String pattern = definition.path("AllowedPattern").asText(null);
        if (pattern != null && !value.matches(pattern)) {
            throw new TemplateException(
                    "Parameter '" + name + "' is '" + value + "', which does not match " + pattern + ".");
        }
        JsonNode allowed = definition.path("AllowedValues");
        if (allowed.isArray()
                && StreamSupport.stream(allowed.spliterator(), false)
                        .noneMatch(a -> a.asText().equals(value))) {
            throw new TemplateException(
                    "Parameter '" + name + "' is '" + value + "', expected one of " + allowed + ".");
        }
    }
}
