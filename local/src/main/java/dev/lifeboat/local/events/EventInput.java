package dev.lifeboat.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.local.template.EventTarget;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a target gets of an event. Source: EventBridge User Guide, "Amazon EventBridge input transformation". */
final class EventInput {
    private static final Pattern VARIABLE = Pattern.compile("<([A-Za-z0-9_.-]+)>");

    private EventInput() {}

    static String of(EventTarget target, JsonNode event) {
        if (target.input() != null) {
            return target.input();
        }
        if (target.inputPath() != null) {
            return at(event, target.inputPath()).toString();
        }
        return target.inputTemplate() == null ? event.toString() : transform(target, event);
    }

    private static String transform(EventTarget target, JsonNode event) {
        String template = target.inputTemplate();
        Matcher variable = VARIABLE.matcher(template);
        StringBuilder result = new StringBuilder();
        while (variable.find()) {
            boolean quoted = isQuoted(template, variable.start());
            variable.appendReplacement(
                    result, Matcher.quoteReplacement(value(target, event, variable.group(1), quoted)));
        }
        return variable.appendTail(result).toString();
    }

    private static String value(EventTarget target, JsonNode event, String name, boolean quoted) {
        JsonNode value = name.equals("aws.events.event.json") || name.equals("aws.events.event")
                ? event
                : at(event, target.inputPaths().getOrDefault(name, "$.?"));
        if (value.isMissingNode()) {
            return quoted ? "" : "\"\"";
        }
        if (!quoted) {
            return value.toString();
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        String json = dev.lifeboat.contract.Json.compact(text);
        return json.substring(1, json.length() - 1);
    }

    private static boolean isQuoted(String template, int position) {
        boolean inside = false;
        for (int i = 0; i < position; i++) {
            if (template.charAt(i) == '\\') {
                i++;
            } else if (template.charAt(i) == '"') {
                inside = !inside;
            }
        }
        return inside;
    }

    /** The paths that rules use: {@code $.detail.name} and {@code $.resources[0]}. */
    private static JsonNode at(JsonNode event, String path) {
        String pointer =
                path.replaceFirst("^\\$", "").replaceAll("\\[(\\d+)]", "/$1").replace('.', '/');
        return event.at(pointer);
    }
}
