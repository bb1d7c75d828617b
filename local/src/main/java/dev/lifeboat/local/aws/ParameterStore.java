package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.template.Arns;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Source: AWS Systems Manager API reference, GetParameter and PutParameter. */
final class ParameterStore extends JsonService {
    private record Value(String value, long version, double modified) {}

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
        answer.putObject("Parameter")
                .put("ARN", Arns.arn("ssm", "parameter/" + name.replaceFirst("^/", "")))
                .put("DataType", "text")
                .put("LastModifiedDate", value.modified())
                .put("Name", name)
                .put("Type", "String")
                .put("Value", value.value())
                .put("Version", value.version());
        return answer;
    }
}
