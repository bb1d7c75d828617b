package dev.lifeboat.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The cluster's objects as the client's types, for controllers. Thread-safe. */
final class TypedObjects {
    static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final ApiObjects objects;

    TypedObjects(ApiObjects objects) {
        this.objects = objects;
    }

    /** A token of a service account of this cluster. */
    String token(String namespace, String serviceAccount) {
        return objects.tokens().issue(namespace, serviceAccount);
    }

    <T extends HasMetadata> List<T> list(Class<T> type) {
        return list(type, "", object -> true);
    }

    <T extends HasMetadata> List<T> list(Class<T> type, String namespace, Predicate<JsonNode> selector) {
        return objects.list(ResourcePath.of(type, namespace, null), selector).stream()
                .map(object -> typed(object, type))
                .toList();
    }

    <T extends HasMetadata> List<T> selected(Class<T> type, String namespace, Map<String, String> labels) {
        return list(type, namespace, Selectors.labels(labels));
    }

    <T extends HasMetadata> List<T> ownedBy(HasMetadata owner, Class<T> type) {
        return list(type, owner.getMetadata().getNamespace(), object -> true).stream()
                .filter(object -> owner(object)
                        .filter(reference ->
                                reference.getUid().equals(owner.getMetadata().getUid()))
                        .isPresent())
                .toList();
    }

    <T extends HasMetadata> Optional<T> find(Class<T> type, String namespace, String name) {
        return objects.find(ResourcePath.of(type, namespace, name)).map(object -> typed(object, type));
    }

    @SuppressWarnings("unchecked")
    <T extends HasMetadata> T create(T object) {
        ResourcePath collection =
                ResourcePath.of(object.getClass(), object.getMetadata().getNamespace(), null);
        return (T) typed(objects.create(collection, node(object)), object.getClass());
    }

    /** Changes the object as it is now; does nothing when it is gone. */
    <T extends HasMetadata> void edit(T object, Consumer<T> change) {
        ResourcePath path = ResourcePath.of(object);
        if (objects.find(path).isEmpty()) {
            return;
        }
        objects.update(path, current -> {
            @SuppressWarnings("unchecked")
            T typed = (T) typed(current, object.getClass());
            change.accept(typed);
            ObjectNode changed = current.deepCopy();
            ObjectNode result = node(typed);
            result.properties().forEach(field -> changed.set(field.getKey(), field.getValue()));
            return changed;
        });
    }

    void delete(HasMetadata object) {
        ResourcePath path = ResourcePath.of(object);
        if (objects.find(path).isPresent()) {
            objects.delete(path, JsonNodeFactory.instance.objectNode());
        }
    }

    void purge(HasMetadata object) {
        objects.purge(ResourcePath.of(object));
    }

    static Optional<OwnerReference> owner(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .findFirst();
    }

    static OwnerReference reference(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    static ObjectNode node(Object object) {
        return SERIALIZATION.convertValue(object, ObjectNode.class);
    }

    private static <T> T typed(ObjectNode object, Class<T> type) {
        try {
            return SERIALIZATION.convertValue(object, type);
        } catch (IllegalArgumentException e) {
            throw ApiFault.invalid("not a " + type.getSimpleName() + ": " + e.getMessage());
        }
    }
}
