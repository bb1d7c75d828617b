package dev.lifeboat.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who applied which fields of an object by server-side apply: what a manager leaves out next time goes, unless another applied it too or
 * somebody changed it since; and nobody overwrites what another applied, unless told to. Ownership by other writes is not kept: whoever
 * updates owns nothing here.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side Apply</a>
 */
final class AppliedFields {
    /** Of the object itself: nobody's. */
    private static final Set<String> IDENTITY = Set.of("apiVersion", "kind");

    private static final Set<String> IDENTITY_METADATA =
            Set.of("name", "namespace", "uid", "resourceVersion", "managedFields", "creationTimestamp", "generation");

    private final Map<String, ObjectNode> byManager = new TreeMap<>();

    /**
     * What becomes of the object when a manager applies to it; {@link #applied} notes that it has.
     *
     * @param current the object as it is
     * @param force whether fields of others may be taken over
     * @throws ApiFault with 409 when they may not, and one of them would change
     */
    ObjectNode apply(String manager, ObjectNode current, ObjectNode applied, boolean force) {
        ObjectNode fields = fields(applied);
        if (!force) {
            requireNoConflict(manager, current, fields);
        }
        ObjectNode result = current.deepCopy();
        ObjectNode before = byManager.get(manager);
        if (before != null) {
            List<JsonNode> others = byManager.entrySet().stream()
                    .filter(other -> !other.getKey().equals(manager))
                    .map(other -> (JsonNode) other.getValue())
                    .toList();
            prune(result, before, fields, others);
        }
        return Patches.apply("application/apply-patch+yaml", result, applied);
    }

    /** Notes who applied what, and that it is nobody else's any more where it differs. */
    void applied(String manager, ObjectNode applied) {
        ObjectNode fields = fields(applied);
        byManager.put(manager, fields);
        byManager.forEach((other, theirs) -> {
            if (!other.equals(manager)) {
                disown(theirs, fields);
            }
        });
    }

    private static void disown(ObjectNode theirs, JsonNode ours) {
        ours.properties().forEach(field -> {
            JsonNode other = theirs.get(field.getKey());
            if (other instanceof ObjectNode object && field.getValue().isObject()) {
                disown(object, field.getValue());
            } else if (other != null && !other.isArray() && !other.equals(field.getValue())) {
                theirs.remove(field.getKey());
            }
        });
    }

    private static ObjectNode fields(ObjectNode applied) {
        ObjectNode fields = applied.deepCopy();
        fields.remove(IDENTITY);
        if (fields.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(IDENTITY_METADATA);
        }
        return fields;
    }

    private static void prune(ObjectNode current, JsonNode before, JsonNode now, List<JsonNode> others) {
        before.properties().forEach(field -> {
            String name = field.getKey();
            List<JsonNode> same = others.stream()
                    .map(other -> other.path(name))
                    .filter(other -> !other.isMissingNode())
                    .toList();
            JsonNode there = current.path(name);
            if (field.getValue().isObject() && there instanceof ObjectNode object) {
                prune(object, field.getValue(), now.path(name), same);
                if (object.isEmpty() && !now.has(name) && same.isEmpty()) {
                    current.remove(name);
                }
            } else if (there instanceof ArrayNode list
                    && field.getValue().isArray()
                    && now.path(name).isArray()) {
                Patches.mergeKey(name, list)
                        .ifPresent(key -> pruneList(list, key, field.getValue(), now.path(name), same));
            } else if (!now.has(name) && same.isEmpty() && there.equals(field.getValue())) {
                current.remove(name);
            }
        });
    }

    private static void pruneList(ArrayNode current, String key, JsonNode before, JsonNode now, List<JsonNode> others) {
        for (JsonNode element : before) {
            JsonNode value = element.path(key);
            int index = Patches.indexOf(current, key, value);
            Optional<JsonNode> next = element(now, key, value);
            List<JsonNode> same = others.stream()
                    .flatMap(other -> element(other, key, value).stream())
                    .toList();
            if (index >= 0 && next.isEmpty() && same.isEmpty()) {
                current.remove(index);
            } else if (index >= 0 && next.isPresent()) {
                prune((ObjectNode) current.get(index), element, next.get(), same);
            }
        }
    }

    private static Optional<JsonNode> element(JsonNode list, String key, JsonNode value) {
        for (JsonNode element : list) {
            if (element.path(key).equals(value)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    private void requireNoConflict(String manager, ObjectNode current, ObjectNode fields) {
        byManager.forEach((other, theirs) -> {
            List<String> conflicts = new ArrayList<>();
            if (!other.equals(manager)) {
                conflicts("", fields, theirs, current, conflicts);
            }
            if (!conflicts.isEmpty()) {
                throw ApiFault.applyConflict(other, conflicts);
            }
        });
    }

    private static void conflicts(
            String path, JsonNode ours, JsonNode theirs, JsonNode current, List<String> conflicts) {
        ours.properties().forEach(field -> {
            JsonNode other = theirs.path(field.getKey());
            JsonNode now = current.path(field.getKey());
            String place = path + "." + field.getKey();
            if (field.getValue().isObject() && other.isObject()) {
                conflicts(place, field.getValue(), other, now, conflicts);
            } else if (!other.isMissingNode() && !field.getValue().equals(now)) {
                conflicts.add(place);
            }
        });
    }
}
