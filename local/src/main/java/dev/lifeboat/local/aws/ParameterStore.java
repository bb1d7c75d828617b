package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.template.Arns;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Source: AWS Systems Manager API reference, GetParameter, GetParameters and PutParameter. */
final class ParameterStore extends JsonService {
    private record Value(String value, long version, double modified) {}

    private static final int MOST_NAMES = 10;

    private final Map<String, Value> values = new ConcurrentHashMap<>();

    ParameterStore() {
        super("1.1");
    }

    long put(String name, String value) {
        double now = System.currentTimeMillis() / 1000.0;
        return values.merge(name, new Value(value, 1, now), (old, first) -> new Value(value, old.version() + 1, now))
                .version();
    }

    @Override
    JsonNode call(String action, JsonNode input) {
        return switch (action) {
            case "GetParameter" -> get(required(input, "Name"));
            case "GetParameters" -> getAll(input.path("Names"));
            case "PutParameter" -> put(input);
            default -> null;
        };
    }

    private JsonNode put(JsonNode input) {
        String name = required(input, "Name");
        if (values.containsKey(name) && !input.path("Overwrite").asBoolean()) {
            throw ApiException.badRequest(
                    "ParameterAlreadyExists",
                    "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        }
        long version = put(name, required(input, "Value"));
        return JsonNodeFactory.instance.objectNode().put("Version", version).put("Tier", "Standard");
    }

    /** @throws ApiException ParameterNotFound */
    JsonNode get(String name) {
        Value value = values.get(name);
        if (value == null) {
            throw ApiException.badRequest("ParameterNotFound", "Parameter " + name + " not found.");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("Parameter", parameter(name, value));
        return answer;
    }

    /** Those that there are, and the names of those that there are not: none of them is an error. */
    private JsonNode getAll(JsonNode names) {
        if (names.isEmpty() || names.size() > MOST_NAMES) {
            throw ApiException.badRequest(
                    "ValidationException", "Value at 'names' failed to satisfy constraint: 1 to 10 members");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode found = answer.putArray("Parameters");
        ArrayNode invalid = answer.putArray("InvalidParameters");
        names.forEach(each -> {
            Value value = values.get(each.asText());
            if (value == null) {
                invalid.add(each.asText());
            } else {
                found.add(parameter(each.asText(), value));
            }
        });
        return answer;
    }

    private static ObjectNode parameter(String name, Value value) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ARN", Arns.arn("ssm", "parameter/" + name.replaceFirst("^/", "")))
                .put("DataType", "text")
                .put("LastModifiedDate", value.modified())
                .put("Name", name)
                .put("Type", "String")
                .put("Value", value.value())
                .put("Version", value.version());
    }
}
