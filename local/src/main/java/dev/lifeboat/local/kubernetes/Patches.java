package dev.lifeboat.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.Map;

/**
 * The ways to change an object in part.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#patch-and-apply">Updates by patch</a>
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc7386">RFC 7386, JSON merge patch</a>
 */
final class Patches {
    /** The lists that a strategic merge matches up by a key, as the API's types declare it; others are replaced. */
    private static final Map<String, String> MERGE_KEYS = Map.ofEntries(
            Map.entry("containers", "name"),
            Map.entry("initContainers", "name"),
            Map.entry("volumes", "name"),
            Map.entry("env", "name"),
            Map.entry("imagePullSecrets", "name"),
            Map.entry("volumeMounts", "mountPath"),
            Map.entry("conditions", "type"),
            Map.entry("ownerReferences", "uid"),
            Map.entry("hostAliases", "ip"));

    private Patches() {}

    /** @param mediaType the request's Content-Type, without parameters */
    static ObjectNode apply(String mediaType, ObjectNode current, JsonNode patch) {
        return switch (mediaType) {
            case "application/json-patch+json" -> json(current, patch);
            case "application/merge-patch+json" -> merge(current, patch, false);
            case "application/strategic-merge-patch+json", "application/apply-patch+yaml" ->
                merge(current, patch, true);
            default -> throw ApiFault.unsupportedMediaType(mediaType);
        };
    }

    private static ObjectNode json(ObjectNode current, JsonNode patch) {
        try {
            return (ObjectNode) JsonPatch.apply(patch, current);
        } catch (JsonPatchException e) {
            throw ApiFault.invalid("the server rejected our request due to an error in our request: " + e.getMessage());
        }
    }

    private static ObjectNode merge(ObjectNode current, JsonNode patch, boolean strategic) {
        if (!(patch instanceof ObjectNode changes)) {
            throw ApiFault.badRequest("a patch must be an object");
        }
        ObjectNode result = current.deepCopy();
        changes.properties().forEach(change -> mergeField(result, change.getKey(), change.getValue(), strategic));
        return result;
    }

    private static void mergeField(ObjectNode result, String field, JsonNode change, boolean strategic) {
        if (field.startsWith("$")) {
            throw ApiFault.badRequest("the embedded Kubernetes does not know the patch directive " + field);
        }
        JsonNode current = result.get(field);
        if (change.isNull()) {
            result.remove(field);
        } else if (change.isObject()) {
            ObjectNode base = current instanceof ObjectNode object ? object : result.objectNode();
            result.set(field, merge(base, change, strategic));
        } else if (strategic && MERGE_KEYS.containsKey(field) && current instanceof ArrayNode list) {
            result.set(field, mergeList(list, (ArrayNode) change, MERGE_KEYS.get(field)));
        } else {
            result.set(field, change);
        }
    }

    private static ArrayNode mergeList(ArrayNode current, ArrayNode changes, String key) {
        ArrayNode result = current.deepCopy();
        for (JsonNode change : changes) {
            int index = indexOf(result, key, change.path(key));
            boolean delete = change.path("$patch").asText().equals("delete");
            if (delete && index >= 0) {
                result.remove(index);
            } else if (!delete && index >= 0) {
                result.set(index, merge((ObjectNode) result.get(index), change, true));
            } else if (!delete) {
                result.add(change);
            }
        }
        return result;
    }

    private static int indexOf(ArrayNode list, String key, JsonNode value) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(key).equals(value)) {
                return i;
            }
        }
        return -1;
    }
}
