package dev.lifeboat.local.states;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Evaluates <code>{% %}</code> strings. Source: Step Functions Developer Guide, "Transforming data with JSONata". */
final class Expressions {
    private static final Pattern EXPRESSION = Pattern.compile("\\{%(.*)%}", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("\\$([A-Za-z]\\w*)\\s*\\(");
    private static final Pattern QUOTED =
            Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"", Pattern.DOTALL);
    /** JSONata's own functions, without $eval, which Step Functions does not offer. */
    private static final Set<String> BUILT_IN = Set.of(
            "string",
            "length",
            "substring",
            "substringBefore",
            "substringAfter",
            "uppercase",
            "lowercase",
            "trim",
            "pad",
            "contains",
            "split",
            "join",
            "match",
            "replace",
            "base64encode",
            "base64decode",
            "encodeUrlComponent",
            "encodeUrl",
            "decodeUrlComponent",
            "decodeUrl",
            "number",
            "abs",
            "floor",
            "ceil",
            "round",
            "power",
            "sqrt",
            "formatNumber",
            "formatBase",
            "formatInteger",
            "parseInteger",
            "sum",
            "max",
            "min",
            "average",
            "boolean",
            "not",
            "exists",
            "count",
            "append",
            "sort",
            "reverse",
            "shuffle",
            "distinct",
            "zip",
            "keys",
            "lookup",
            "spread",
            "merge",
            "sift",
            "each",
            "error",
            "assert",
            "type",
            "now",
            "millis",
            "fromMillis",
            "toMillis",
            "map",
            "filter",
            "single",
            "reduce");

    private Expressions() {}

    /** Whether the text as a whole is an expression. */
    static boolean isExpression(String text) {
        return text.startsWith("{%") && text.endsWith("%}");
    }

    /**
     * Refuses expressions that do not parse or that call what is not there.
     *
     * @throws DefinitionException naming the place
     */
    static void check(JsonNode template, String where) {
        if (template.isContainerNode()) {
            template.properties().forEach(e -> check(e.getValue(), where + "." + e.getKey()));
            if (template.isArray()) {
                template.forEach(element -> check(element, where + "[]"));
            }
            return;
        }
        if (!template.isTextual() || !isExpression(template.asText())) {
            return;
        }
        String code = code(template.asText());
        try {
            Jsonata.jsonata(code);
        } catch (JException e) {
            throw new DefinitionException(
                    where + ": the JSONata expression '" + code + "' does not parse: " + e.getMessage());
        }
        Matcher call = CALL.matcher(QUOTED.matcher(code).replaceAll("''"));
        while (call.find()) {
            String name = call.group(1);
            boolean local = Pattern.compile("\\$" + name + "\\s*(:=|[,)])")
                    .matcher(code)
                    .find();
            if (!BUILT_IN.contains(name) && !StepFunctionsJsonata.NAMES.contains(name) && !local) {
                throw new DefinitionException(where + ": unknown JSONata function $" + name + ".");
            }
        }
    }

    /**
     * The template with every expression replaced by its value.
     *
     * @param states what {@code $states} is
     * @param variables the other variables
     * @throws StateFailure States.QueryEvaluationError
     */
    static JsonNode evaluate(JsonNode template, String field, JsonNode states, Map<String, JsonNode> variables) {
        if (template.isTextual() && isExpression(template.asText())) {
            return expression(code(template.asText()), field, states, variables);
        }
        if (template.isObject()) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            template.properties()
                    .forEach(e -> result.set(e.getKey(), evaluate(e.getValue(), field, states, variables)));
            return result;
        }
        if (template.isArray()) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            template.forEach(element -> result.add(evaluate(element, field, states, variables)));
            return result;
        }
        return template;
    }

    private static String code(String text) {
        Matcher matcher = EXPRESSION.matcher(text);
        return matcher.matches() ? matcher.group(1).strip() : text;
    }

    private static JsonNode expression(String code, String field, JsonNode states, Map<String, JsonNode> variables) {
        try {
            Jsonata jsonata = Jsonata.jsonata(code);
            // Else a JSON null could not be told from undefined, which is an error here.
            jsonata.setOutputConvertNulls(false);
            Jsonata.Frame frame = jsonata.createFrame();
            StepFunctionsJsonata.bind(frame);
            variables.forEach((name, value) -> frame.bind(name, Values.variable(value)));
            frame.bind("states", Values.variable(states));
            Object value = jsonata.evaluate(null, frame);
            if (value == null) {
                throw StateFailure.query("The JSONata expression '" + code + "' specified for the field '" + field
                        + "' returned nothing (undefined).");
            }
            return Values.json(value);
        } catch (JException e) {
            throw StateFailure.query("The JSONata expression '" + code + "' specified for the field '" + field
                    + "' threw an error during evaluation. " + e.getMessage());
        }
    }
}
