package dev.lifeboat.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Evaluates intrinsic functions. Source: CloudFormation User Guide, intrinsic function reference. */
final class Intrinsics {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode template;
    private final References references;

    /** Finds what {@code Ref} and {@code GetAtt} mean. */
    interface References {
        /** @return a text, or an array for a list parameter; null when there is no such thing */
        JsonNode ref(String name);

        /** @return null when there is no such thing */
        String attribute(String logicalId, String attribute);

        /** @return what another stack exports by that name; null when none does */
        default String exported(String name) {
            return null;
        }
    }

    Intrinsics(JsonNode template, References references) {
        this.template = template;
        this.references = references;
    }

    /** The node with every intrinsic replaced; {@code AWS::NoValue} leaves its property out. */
    JsonNode resolve(JsonNode node, String where) {
        if (node instanceof ArrayNode array) {
            ArrayNode result = NODES.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                addTo(result, resolve(array.get(i), where + "[" + i + "]"));
            }
            return result;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        String name = object.size() == 1 ? object.fieldNames().next() : "";
        if (name.equals("Ref")
                || name.startsWith("Fn::")
                || (name.equals("Condition") && object.get(name).isTextual())) {
            return apply(name, object.get(name), where);
        }
        ObjectNode result = NODES.objectNode();
        object.properties().forEach(e -> {
            JsonNode value = resolve(e.getValue(), where + "." + e.getKey());
            if (!value.isMissingNode()) {
                result.set(e.getKey(), value);
            }
        });
        return result;
    }

    /** Whether a named condition holds. */
    boolean condition(String name) {
        JsonNode definition = template.path("Conditions").path(name);
        if (definition.isMissingNode()) {
            throw new TemplateException("Condition '" + name + "' is not defined.");
        }
        return resolve(definition, "Conditions." + name).asBoolean();
    }

    private static void addTo(ArrayNode array, JsonNode value) {
        if (!value.isMissingNode()) {
            array.add(value);
        }
    }

    private JsonNode apply(String function, JsonNode argument, String where) {
        return switch (function) {
            case "Ref" -> ref(argument.asText(), where);
            case "Condition" -> BooleanNode.valueOf(condition(argument.asText()));
            case "Fn::GetAtt" ->
                TextNode.valueOf(attribute(argument.get(0).asText(), text(argument.get(1), where), where));
            case "Fn::Sub" -> sub(argument, where);
            case "Fn::Join" -> join(argument, where);
            case "Fn::If" -> resolve(argument.get(condition(argument.get(0).asText()) ? 1 : 2), where);
            case "Fn::Equals" ->
                BooleanNode.valueOf(text(argument.get(0), where).equals(text(argument.get(1), where)));
            case "Fn::Not" ->
                BooleanNode.valueOf(!resolve(argument.get(0), where).asBoolean());
            case "Fn::And" -> BooleanNode.valueOf(stream(argument).allMatch(holds(where)));
            case "Fn::Or" -> BooleanNode.valueOf(stream(argument).anyMatch(holds(where)));
            case "Fn::Select" ->
                resolve(argument.get(1), where)
                        .get(resolve(argument.get(0), where).asInt());
            case "Fn::Split" -> split(argument, where);
            case "Fn::FindInMap" -> findInMap(argument, where);
            case "Fn::ImportValue" -> imported(text(argument, where), where);
            default -> throw new TemplateException("Unknown intrinsic function " + function + " at " + where + ".");
        };
    }

    private Predicate<JsonNode> holds(String where) {
        return node -> resolve(node, where).asBoolean();
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private String text(JsonNode node, String where) {
        JsonNode value = resolve(node, where);
        if (!value.isValueNode()) {
            throw new TemplateException("Expected a text at " + where + ", found " + value + ".");
        }
        return value.asText();
    }

    private JsonNode ref(String name, String where) {
        if (name.equals("AWS::NoValue")) {
            return MissingNode.getInstance();
        }
        JsonNode value = references.ref(name);
        if (value == null) {
            throw new TemplateException("Unresolved reference '" + name + "' at " + where + ".");
        }
        return value;
    }

    private String attribute(String logicalId, String attribute, String where) {
        String value = references.attribute(logicalId, attribute);
        if (value == null) {
            throw new TemplateException("Unresolved attribute '" + logicalId + "." + attribute + "' at " + where + ".");
        }
        return value;
    }

    private JsonNode sub(JsonNode argument, String where) {
        Map<String, String> variables = new HashMap<>();
        if (argument.isArray()) {
            argument.get(1).properties().forEach(e -> variables.put(e.getKey(), text(e.getValue(), where)));
        }
        String template = argument.isArray() ? argument.get(0).asText() : argument.asText();
        return TextNode.valueOf(PLACEHOLDER.matcher(template).replaceAll(match -> {
            String name = match.group(1);
            if (name.startsWith("!")) {
                return Matcher.quoteReplacement("${" + name.substring(1) + "}");
            }
            return Matcher.quoteReplacement(substitute(name.strip(), variables, where));
        }));
    }

    private String substitute(String name, Map<String, String> variables, String where) {
        if (variables.containsKey(name)) {
            return variables.get(name);
        }
        JsonNode direct = references.ref(name);
        if (direct != null) {
            return direct.asText();
        }
        int dot = name.indexOf('.');
        if (dot < 0) {
            throw new TemplateException("Unresolved reference '" + name + "' at " + where + ".");
        }
        return attribute(name.substring(0, dot), name.substring(dot + 1), where);
    }

    private JsonNode join(JsonNode argument, String where) {
        return TextNode.valueOf(stream(resolve(argument.get(1), where))
                .map(JsonNode::asText)
                .collect(Collectors.joining(argument.get(0).asText())));
    }

    private JsonNode split(JsonNode argument, String where) {
        ArrayNode parts = NODES.arrayNode();
        for (String part :
                text(argument.get(1), where).split(Pattern.quote(argument.get(0).asText()), -1)) {
            parts.add(part);
        }
        return parts;
    }

    private JsonNode imported(String name, String where) {
        String value = references.exported(name);
        if (value == null) {
            throw new TemplateException("No export named " + name + " found. (at " + where + ")");
        }
        return TextNode.valueOf(value);
    }

    private JsonNode findInMap(JsonNode argument, String where) {
        JsonNode found = template.path("Mappings");
        for (JsonNode key : argument) {
            found = found.path(text(key, where));
        }
        if (found.isMissingNode()) {
            throw new TemplateException("Nothing in Mappings for " + argument + " at " + where + ".");
        }
        return resolve(found, where);
    }
}
