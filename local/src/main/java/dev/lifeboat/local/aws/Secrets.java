package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.template.Arns;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Source: AWS Secrets Manager API reference, GetSecretValue. */
final class Secrets extends JsonService {
    private record Value(String value, String version, double created) {}

    private final Map<String, Value> values = new ConcurrentHashMap<>();

    Secrets() {
        super("1.1");
    }

    void put(String id, String value) {
        values.put(id, new Value(value, UUID.randomUUID().toString(), System.currentTimeMillis() / 1000.0));
    }

    @Override
    JsonNode call(String action, JsonNode input) {
        return action.equals("GetSecretValue") ? get(required(input, "SecretId")) : null;
    }

    private JsonNode get(String id) {
        String prefix = Arns.arn("secretsmanager", "secret:");
        // An ARN ends in a hyphen and six characters.
        String name = id.startsWith(prefix) ? id.substring(prefix.length(), id.length() - "-local0".length()) : id;
        Value value = values.get(name);
        if (value == null) {
            throw ApiException.badRequest(
                    "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("ARN", prefix + name + "-local0")
                .put("CreatedDate", value.created())
                .put("Name", name)
                .put("SecretString", value.value())
                .put("VersionId", value.version());
        answer.putArray("VersionStages").add("AWSCURRENT");
        return answer;
    }
}
