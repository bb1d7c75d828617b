package dev.lifeboat.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Every object of the cluster, with the bookkeeping of the API server: uid, resourceVersion, generation, optimistic
 * concurrency, and pods that linger until their kubelet has stopped them. Thread-safe; what it takes and gives are
 * copies.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions">Resource versions</a>
 */
final class ApiObjects {
    private final TreeMap<String, ObjectNode> objects = new TreeMap<>();
    private final Map<String, AppliedFields> applied = new HashMap<>();
    private final ServiceAccountTokens tokens = new ServiceAccountTokens();
    private final Clock clock;
    private long lastVersion = 1000;

    ApiObjects(Clock clock) {
        this.clock = clock;
    }

    ServiceAccountTokens tokens() {
        return tokens;
    }

    synchronized long version() {
        return lastVersion;
    }

    synchronized Optional<ObjectNode> find(ResourcePath path) {
        return Optional.ofNullable(objects.get(key(path))).map(ObjectNode::deepCopy);
    }

    ObjectNode get(ResourcePath path) {
        return find(path).orElseThrow(() -> ApiFault.notFound(path));
    }

    synchronized List<ObjectNode> list(ResourcePath collection, Predicate<JsonNode> selector) {
        String prefix = collection.qualifiedPlural() + "|";
        return objects.subMap(prefix, prefix + '\uffff').values().stream()
                .filter(object -> collection.namespace().isEmpty()
                        || object.path("metadata").path("namespace").asText().equals(collection.namespace()))
                .filter(selector)
                .map(ObjectNode::deepCopy)
                .toList();
    }

    synchronized ObjectNode create(ResourcePath collection, ObjectNode given) {
        ObjectNode object = given.deepCopy();
        ObjectNode metadata = object.withObject("/metadata");
        if (metadata.path("name").asText().isEmpty()) {
            if (metadata.path("generateName").asText().isEmpty()) {
                throw ApiFault.missingName(collection);
            }
            String suffix = UUID.randomUUID().toString().substring(0, 5);
            metadata.put("name", metadata.path("generateName").asText() + suffix);
        }
        ResourcePath path = collection.withName(metadata.path("name").asText());
        if (objects.containsKey(key(path))) {
            throw ApiFault.alreadyExists(path);
        }
        checkNamespace(path, metadata);
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now());
        if (Kinds.haveGeneration(path)) {
            metadata.put("generation", 1);
        }
        return store(path, object);
    }

    /**
     * Server-side apply.
     *
     * @param force whether fields that others applied may be taken over
     * @return the object as it is then
     */
    synchronized ObjectNode apply(ResourcePath path, String manager, boolean force, ObjectNode given) {
        AppliedFields fields = applied.getOrDefault(key(path), new AppliedFields());
        ObjectNode result = objects.containsKey(key(path))
                ? update(path, current -> fields.apply(manager, current, given, force))
                : create(path, given);
        fields.applied(manager, given);
        applied.put(key(path), fields);
        return result;
    }

    /**
     * Puts the result of a change in the object's place, in one step.
     *
     * @param change of the object as it is; when its result names a resourceVersion, it has to be the current one
     */
    synchronized ObjectNode update(ResourcePath path, UnaryOperator<ObjectNode> change) {
        ObjectNode current = get(path.object());
        ObjectNode changed = change.apply(current.deepCopy());
        ObjectNode before = (ObjectNode) current.get("metadata");
        ObjectNode after = changed.withObject("/metadata");
        String version = after.path("resourceVersion").asText();
        if (!version.isEmpty() && !version.equals(before.path("resourceVersion").asText())) {
            throw ApiFault.conflict(
                    path,
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
        for (String kept : List.of("name", "namespace", "uid", "creationTimestamp", "deletionTimestamp")) {
            after.set(kept, before.get(kept));
            if (before.get(kept) == null) {
                after.remove(kept);
            }
        }
        after.put("resourceVersion", before.path("resourceVersion").asText());
        after.set("generation", before.get("generation"));
        if (before.get("generation") == null) {
            after.remove("generation");
        }
        if (changed.equals(current)) {
            return current;
        }
        if (Kinds.haveGeneration(path) && !Objects.equals(current.get("spec"), changed.get("spec"))) {
            after.put("generation", before.path("generation").asLong() + 1);
        }
        return store(path.object(), changed);
    }

    /** Deletes; a pod is marked instead, and goes when its kubelet calls {@link #purge}. */
    synchronized ObjectNode delete(ResourcePath path, JsonNode preconditions) {
        ObjectNode object = get(path);
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        for (String field : List.of("uid", "resourceVersion")) {
            String expected = preconditions.path(field).asText();
            String actual = metadata.path(field).asText();
            if (!expected.isEmpty() && !expected.equals(actual)) {
                String called = field.equals("uid") ? "UID" : "ResourceVersion";
                throw ApiFault.preconditionFailed(
                        path,
                        "the " + called + " in the precondition (" + expected + ") does not match the " + called
                                + " in record (" + actual + "). The object might have been "
                                + (field.equals("uid") ? "deleted and then recreated" : "modified"));
            }
        }
        if (path.plural().equals("pods")) {
            if (!metadata.has("deletionTimestamp")) {
                metadata.put("deletionTimestamp", now());
                store(path, object);
            }
            return object;
        }
        purge(path);
        return object;
    }

    synchronized void purge(ResourcePath path) {
        applied.remove(key(path));
        if (objects.remove(key(path)) != null) {
            lastVersion++;
        }
    }

    private ObjectNode store(ResourcePath path, ObjectNode object) {
        if (path.group().isEmpty() && path.plural().equals("secrets")) {
            encode(object);
        }
        object.withObject("/metadata").put("resourceVersion", Long.toString(++lastVersion));
        objects.put(key(path), object);
        return object.deepCopy();
    }

    /** A Secret's stringData is for writing alone: it becomes data. */
    private static void encode(ObjectNode secret) {
        if (secret.path("type").asText().isEmpty()) {
            secret.put("type", "Opaque");
        }
        if (secret.remove("stringData") instanceof ObjectNode clear) {
            ObjectNode data = secret.withObject("/data");
            clear.properties()
                    .forEach(value -> data.put(
                            value.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(value.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static void checkNamespace(ResourcePath path, ObjectNode metadata) {
        String namespace = metadata.path("namespace").asText();
        if (!namespace.isEmpty() && !namespace.equals(path.namespace())) {
            throw ApiFault.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        if (!path.namespace().isEmpty()) {
            metadata.put("namespace", path.namespace());
        }
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String key(ResourcePath path) {
        return path.qualifiedPlural() + "|" + path.namespace() + "|" + path.name();
    }
}
