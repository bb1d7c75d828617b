package dev.lifeboat.contract.backup;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.error.InvalidInputException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A ConfigMap or a Secret of a {@link ConfigBackup}, without what a cluster gives an object itself: it can be applied to another
 * cluster as it is. Immutable. No message and no {@code toString} tells a value.
 */
public final class ConfigObject {
    /** The kinds that there are. */
    public static final Set<String> KINDS = Set.of("ConfigMap", "Secret");

    /** What a cluster gives: an API server refuses a stale version, and an owner of another cluster does not exist. */
    private static final List<String> OF_THE_CLUSTER =
            List.of("managedFields", "resourceVersion", "uid", "creationTimestamp", "ownerReferences");

    private static final String HINT = "Make a new backup with scripts/aws/backup-postgres.sh.";

    private final ObjectNode content;

    private ConfigObject(ObjectNode content) {
        this.content = content;
    }

    /**
     * @param json what Kubernetes calls the object; copied
     * @throws InvalidInputException naming the field that is missing, of the wrong type, or a cluster's own
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ConfigObject of(JsonNode json) {
        if (!(json instanceof ObjectNode object)) {
            throw invalid("It is no object.");
        }
        if (!"v1".equals(object.path("apiVersion").textValue())) {
            throw invalid("Field 'apiVersion' is not 'v1'.");
        }
        if (!KINDS.contains(object.path("kind").asText())) {
            throw invalid("Field 'kind' is neither 'ConfigMap' nor 'Secret'.");
        }
        String name = object.path("metadata").path("name").textValue();
        if (name == null || name.isBlank()) {
            throw invalid("Field 'metadata.name' is missing.");
        }
        ConfigObject found = new ConfigObject(object.deepCopy());
        found.check();
        return found;
    }

    private void check() {
        if (content.has("status")) {
            throw invalid(this + " has a field 'status', which is the cluster's own.");
        }
        for (String field : OF_THE_CLUSTER) {
            if (content.get("metadata").has(field)) {
                throw invalid(this + " has a field 'metadata." + field + "', which is the cluster's own.");
            }
        }
        if (isSecret()) {
            String type = content.path("type").textValue();
            if (type == null || type.isBlank()) {
                throw invalid(this + " lacks its field 'type'.");
            }
        }
        values("data", isSecret());
        values("binaryData", true);
    }

    private void values(String field, boolean base64) {
        JsonNode values = content.path(field);
        if (values.isMissingNode()) {
            return;
        }
        if (!values.isObject()) {
            throw invalid(this + " has a field '" + field + "' that is no object.");
        }
        for (JsonNode value : values) {
            if (!value.isTextual() || (base64 && !isBase64(value.textValue()))) {
                throw invalid(
                        this + " has a value in '" + field + "' that is no " + (base64 ? "base64" : "text") + ".");
            }
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static InvalidInputException invalid(String message) {
        return new InvalidInputException(message, HINT);
    }

    /** {@code ConfigMap} or {@code Secret}. */
    public String kind() {
        return content.get("kind").textValue();
    }

    /** Its name. */
    public String name() {
        return content.get("metadata").get("name").textValue();
    }

    /** Where it says that it belongs. */
    public Optional<String> namespace() {
        return Optional.ofNullable(content.get("metadata").path("namespace").textValue());
    }

    /** Whether its values are secret. */
    public boolean isSecret() {
        return kind().equals("Secret");
    }

    /** The object as Kubernetes takes it, values and all: a copy, for the API server and nobody else. */
    @JsonValue
    public ObjectNode content() {
        return content.deepCopy();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigObject object && content.equals(object.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    /** {@code Secret/name}. */
    @Override
    public String toString() {
        return kind() + "/" + name();
    }
}
