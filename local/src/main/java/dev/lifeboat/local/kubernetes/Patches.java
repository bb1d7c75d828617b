package dev.lifeboat.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    private static final String JSON = "application/json-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";

    private Patches() {}

    /** By what the elements of a list of that name are told apart; empty when the list is replaced as a whole. */
    static Optional<String> mergeKey(String list, ArrayNode elements) {
        if (list.equals("ports")) {
            // A container's, or a Service's.
            return Optional.of(elements.path(0).has("containerPort") ? "containerPort" : "port");
        }
        return Optional.ofNullable(MERGE_KEYS.get(list));
    }

    /** @param mediaType the request's Content-Type, without parameters */
    static ObjectNode apply(String mediaType, ObjectNode current, JsonNode patch) {
        return switch (mediaType) {
            case JSON -> json(current, patch);
            case MERGE -> merge(current, patch, false);
            case STRATEGIC, APPLY -> merge(current, patch, true);
            default -> throw ApiFault.unsupportedMediaType();
        };
    }

    private static ObjectNode json(ObjectNode current, JsonNode patch) {
        try {
            return (ObjectNode) JsonPatch.apply(patch, current);
        } catch (JsonPatchException e) {
            throw ApiFault.unprocessable();
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
        } else if (strategic && current instanceof ArrayNode list && change instanceof ArrayNode changes) {
            result.set(
                    field,
                    mergeKey(field, list)
                            .map(key -> mergeList(list, changes, key))
                            .orElse(changes));
        } else {
            result.set(field, change);
        }
    }

    private static ArrayNode mergeList(ArrayNode current, ArrayNode changes, String key) {
        ArrayNode patched = current.arrayNode();
        List<JsonNode> rest = new ArrayList<>();
        current.forEach(rest::add);
        for (JsonNode change : changes) {
            int index = indexOf(rest, key, change.path(key));
            JsonNode before = index < 0 ? null : rest.remove(index);
            if (!change.path("$patch").asText().equals("delete")) {
                patched.add(before == null ? change : merge((ObjectNode) before, change, true));
            }
        }
        return inOrder(rest, patched, current, key);
    }

    /**
     * What the patch names stands in the patch's order; the others come before the first of these that stood behind them, as
     * mergeSortedSlice of the API machinery's strategicpatch has it. So what is new comes first.
     */
    private static ArrayNode inOrder(List<JsonNode> rest, ArrayNode patched, ArrayNode before, String key) {
        ArrayNode result = before.arrayNode();
        int next = 0;
        for (JsonNode each : patched) {
            int place = indexOf(before, key, each.path(key));
            while (place >= 0
                    && next < rest.size()
                    && indexOf(before, key, rest.get(next).path(key)) < place) {
                result.add(rest.get(next++));
            }
            result.add(each);
        }
        rest.subList(next, rest.size()).forEach(result::add);
        return result;
    }

    static int indexOf(Iterable<JsonNode> list, String key, JsonNode value) {
        int index = 0;
        for (JsonNode each : list) {
            if (each.path(key).equals(value)) {
                return index;
            }
            index++;
        }
        return -1;
    }
}
