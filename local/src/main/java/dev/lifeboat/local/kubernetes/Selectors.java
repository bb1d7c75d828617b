package dev.lifeboat.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Label and field selectors of list requests. What it cannot read is refused: a selector that is left out silently
 * selects too much.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api">Label selectors</a>
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/">Field selectors</a>
 */
final class Selectors {
    private static final Pattern SET = Pattern.compile("([^\\s!=]+)\\s+(in|notin)\\s+\\(([^)]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^\\s!=]+)\\s*(==|=|!=)\\s*([^\\s!=]*)");
    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*([^\\s!=()]+)");
    private static final Set<String> FIELDS =
            Set.of("metadata.name", "metadata.namespace", "status.phase", "spec.nodeName", "involvedObject.name");

    private Selectors() {}

    static Predicate<JsonNode> labels(String selector) {
        Predicate<JsonNode> all = object -> true;
        for (String requirement : split(selector)) {
            all = all.and(requirement(requirement));
        }
        return all;
    }

    /** A workload's or a Service's map of labels. */
    static Predicate<JsonNode> labels(Map<String, String> labels) {
        return object ->
                labels.entrySet().stream().allMatch(label -> label.getValue().equals(label(object, label.getKey())));
    }

    static Predicate<JsonNode> fields(String selector) {
        Predicate<JsonNode> all = object -> true;
        for (String requirement : split(selector)) {
            Matcher matcher = EQUALITY.matcher(requirement);
            if (!matcher.matches() || !FIELDS.contains(matcher.group(1))) {
                throw ApiFault.badRequest(
                        "field label not supported: " + (matcher.matches() ? matcher.group(1) : requirement));
            }
            String pointer = "/" + matcher.group(1).replace('.', '/');
            String expected = matcher.group(3);
            boolean equal = !matcher.group(2).equals("!=");
            all = all.and(object -> object.at(pointer).asText("").equals(expected) == equal);
        }
        return all;
    }

    private static Predicate<JsonNode> requirement(String text) {
        Matcher set = SET.matcher(text);
        if (set.matches()) {
            List<String> values = Arrays.stream(set.group(3).split(",", -1))
                    .map(String::strip)
                    .toList();
            boolean in = set.group(2).equals("in");
            return object -> {
                String value = label(object, set.group(1));
                return in == (value != null && values.contains(value));
            };
        }
        Matcher equality = EQUALITY.matcher(text);
        if (equality.matches()) {
            boolean equal = !equality.group(2).equals("!=");
            return object -> equality.group(3).equals(label(object, equality.group(1))) == equal;
        }
        Matcher exists = EXISTS.matcher(text);
        if (exists.matches()) {
            return object -> exists.group(1).isEmpty() == (label(object, exists.group(2)) != null);
        }
        throw ApiFault.badRequest("unable to parse requirement: " + text);
    }

    private static String label(JsonNode object, String key) {
        return object.path("metadata").path("labels").path(key).textValue();
    }

    private static List<String> split(String selector) {
        List<String> requirements = new ArrayList<>();
        if (selector == null || selector.isBlank()) {
            return requirements;
        }
        int depth = 0;
        int from = 0;
        for (int i = 0; i < selector.length(); i++) {
            char c = selector.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                requirements.add(selector.substring(from, i).strip());
                from = i + 1;
            }
        }
        requirements.add(selector.substring(from).strip());
        return requirements;
    }
}
