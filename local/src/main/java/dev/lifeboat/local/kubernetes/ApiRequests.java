package dev.lifeboat.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.kubernetes.ServiceAccountTokens.Account;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What each request does to the objects: get, list, create, replace, patch, server-side apply, delete with
 * preconditions, the status and scale subresources, and evictions.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/">Kubernetes API concepts</a>
 */
final class ApiRequests {
    private static final Set<String> LIST_PARAMETERS =
            Set.of("labelSelector", "fieldSelector", "limit", "resourceVersion", "resourceVersionMatch", "pretty");
    private static final Set<String> SCALED = Set.of("deployments", "statefulsets", "replicasets");

    private final ApiObjects objects;
    private final Function<ResourcePath, String> logs;
    private final TypedObjects typed;

    /** @param logs gives what a pod has printed */
    ApiRequests(ApiObjects objects, Function<ResourcePath, String> logs) {
        this.objects = objects;
        this.logs = logs;
        this.typed = new TypedObjects(objects);
    }

    /** Whose token it is: empty when it is none of a service account of this cluster. */
    Optional<Account> account(String authorization) {
        return objects.tokens().find(authorization);
    }

    /** Lists for a service account, which its Roles have to allow. */
    JsonNode list(Account account, ApiRequest request) {
        ResourcePath path = request.path();
        if (!request.method().equals("GET") || !path.isCollection()) {
            throw ApiFault.notImplemented(request.describe() + " of a service account");
        }
        if (!new RoleRules(objects).allow(account, "list", path)) {
            throw ApiFault.forbidden(account, path);
        }
        return list(request);
    }

    String log(ResourcePath pod) {
        objects.get(pod.object());
        return logs.apply(pod.object());
    }

    /**
     * An answer that is no refusal.
     *
     * @param code of HTTP
     * @param body in JSON
     */
    record Answer(int code, JsonNode body) {}

    Answer answer(ApiRequest request) {
        boolean isThere = request.method().equals("PATCH")
                && objects.find(request.path().object()).isPresent();
        JsonNode body = body(request);
        boolean created = request.method().equals("POST") || (request.method().equals("PATCH") && !isThere);
        return new Answer(created ? 201 : 200, body);
    }

    private JsonNode body(ApiRequest request) {
        ResourcePath path = request.path();
        return switch (path.subresource()) {
            case "", "status" -> path.isCollection() ? collection(request) : object(request);
            case "eviction" -> evict(request);
            case "scale" -> scale(request);
            default -> throw ApiFault.notImplemented(request.describe());
        };
    }

    private JsonNode collection(ApiRequest request) {
        return switch (request.method()) {
            case "GET" -> list(request);
            case "POST" -> objects.create(request.path(), object(request.body()));
            default -> throw ApiFault.notImplemented(request.describe());
        };
    }

    private JsonNode object(ApiRequest request) {
        ResourcePath path = request.path();
        return switch (request.method()) {
            case "GET" -> objects.get(path.object());
            case "PUT" -> objects.update(path, current -> subresource(request, current, object(request.body())));
            case "PATCH" -> patch(request);
            case "DELETE" -> delete(request);
            default -> throw ApiFault.notImplemented(request.describe());
        };
    }

    private JsonNode delete(ApiRequest request) {
        ResourcePath path = request.path();
        ObjectNode deleted = objects.delete(path, request.body().path("preconditions"));
        return Kinds.areReturnedWhenDeleted(path)
                ? deleted
                : ApiFault.deleted(path, deleted.at("/metadata/uid").asText());
    }

    private JsonNode list(ApiRequest request) {
        // A watch, or a continuation, that silently becomes a list would hide what the client relies on.
        if (!LIST_PARAMETERS.containsAll(request.query().keySet())) {
            throw ApiFault.notImplemented(request.describe());
        }
        Predicate<JsonNode> selector = Selectors.labels(request.query().get("labelSelector"))
                .and(Selectors.fields(request.query().get("fieldSelector")));
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", Kinds.of(request.path()) + "List");
        list.put("apiVersion", request.path().apiVersion());
        list.putObject("metadata").put("resourceVersion", Long.toString(objects.version()));
        ArrayNode items = list.putArray("items");
        // An item of a list does not say what it is.
        objects.list(request.path(), selector).forEach(item -> items.add(item.remove(List.of("kind", "apiVersion"))));
        return list;
    }

    private JsonNode patch(ApiRequest request) {
        boolean apply = request.mediaType().equals("application/apply-patch+yaml");
        if (apply && !request.query().containsKey("fieldManager")) {
            throw ApiFault.missingFieldManager();
        }
        if (apply && request.path().subresource().isEmpty()) {
            return objects.apply(
                    request.path(),
                    request.query().get("fieldManager"),
                    "true".equals(request.query().get("force")),
                    object(request.body()));
        }
        return objects.update(
                request.path(),
                current -> subresource(request, current, Patches.apply(request.mediaType(), current, request.body())));
    }

    /** The status changes through its subresource alone, and that changes nothing but the status. */
    private static ObjectNode subresource(ApiRequest request, ObjectNode current, ObjectNode changed) {
        boolean status = request.path().subresource().equals("status");
        ObjectNode result = status ? current.deepCopy() : changed;
        JsonNode kept = status ? changed.get("status") : current.get("status");
        if (kept == null) {
            result.remove("status");
        } else {
            result.set("status", kept);
        }
        String version = changed.path("metadata").path("resourceVersion").asText();
        result.withObject("/metadata").put("resourceVersion", version);
        return result;
    }

    private JsonNode evict(ApiRequest request) {
        if (!request.method().equals("POST") || !request.path().plural().equals("pods")) {
            throw ApiFault.notImplemented(request.describe());
        }
        ResourcePath path = request.path().object();
        typed.find(Pod.class, path.namespace(), path.name())
                // What does not run yet, or no more, is nobody's loss.
                .filter(pod -> Pods.live(pod) && Pods.phase(pod).equals("Running"))
                .ifPresent(new DisruptionBudgets(typed)::requireAllowed);
        objects.delete(path, request.body().path("deleteOptions").path("preconditions"));
        return ApiFault.success().put("code", 201);
    }

    private JsonNode scale(ApiRequest request) {
        if (!SCALED.contains(request.path().plural())) {
            throw ApiFault.notImplemented(request.describe());
        }
        return switch (request.method()) {
            case "GET" -> scaleOf(objects.get(request.path().object()));
            case "PUT" -> scaleTo(request, object(request.body()));
            case "PATCH" ->
                scaleTo(
                        request,
                        Patches.apply(
                                request.mediaType(),
                                scaleOf(objects.get(request.path().object())),
                                request.body()));
            default -> throw ApiFault.notImplemented(request.describe());
        };
    }

    private JsonNode scaleTo(ApiRequest request, ObjectNode scale) {
        return scaleOf(objects.update(request.path(), current -> {
            current.withObject("/metadata")
                    .put(
                            "resourceVersion",
                            scale.path("metadata").path("resourceVersion").asText());
            current.withObject("/spec")
                    .put("replicas", scale.path("spec").path("replicas").asInt());
            return current;
        }));
    }

    private static ObjectNode scaleOf(ObjectNode workload) {
        ObjectNode scale = JsonNodeFactory.instance.objectNode();
        scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : Set.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            metadata.set(field, workload.path("metadata").path(field));
        }
        int wanted = workload.path("spec").path("replicas").asInt(1);
        ObjectNode spec = scale.putObject("spec");
        if (wanted != 0) {
            // The API leaves a zero out.
            spec.put("replicas", wanted);
        }
        scale.putObject("status")
                .put("replicas", workload.path("status").path("replicas").asInt())
                .put("selector", selector(workload.at("/spec/selector/matchLabels")));
        return scale;
    }

    private static String selector(JsonNode labels) {
        return labels.properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static ObjectNode object(JsonNode body) {
        if (body instanceof ObjectNode object && object.hasNonNull("kind") && object.hasNonNull("apiVersion")) {
            return object;
        }
        throw ApiFault.badRequest("Object 'Kind' is missing in '" + body + "'");
    }
}
