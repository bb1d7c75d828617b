package dev.lifeboat.local.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A refusal in the API server's own terms, answered as a {@code Status} object.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/">Status</a>
 */
final class ApiFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    private ApiFault(int code, String reason, String message) {
        this(code, reason, message, null);
    }

    private ApiFault(int code, String reason, String message, ObjectNode details) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    private static ObjectNode details() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode details(String group, String kind, String name) {
        ObjectNode details = details();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        return details.put("kind", kind);
    }

    private static ObjectNode details(ResourcePath path) {
        return details(path.group(), path.plural(), path.name());
    }

    private static ObjectNode caused(ObjectNode details, String reason, String message, String field) {
        ObjectNode cause = details.withArray("causes").addObject();
        if (!reason.isEmpty()) {
            cause.put("reason", reason);
        }
        cause.put("message", message);
        if (!field.isEmpty()) {
            cause.put("field", field);
        }
        return details;
    }

    static ApiFault badRequest(String message) {
        return new ApiFault(400, "BadRequest", message);
    }

    static ApiFault unauthorized() {
        return new ApiFault(401, "Unauthorized", "Unauthorized");
    }

    static ApiFault forbidden(ServiceAccountTokens.Account account, ResourcePath path) {
        return new ApiFault(
                403,
                "Forbidden",
                path.qualifiedPlural() + " is forbidden: User \"system:serviceaccount:" + account.namespace() + ":"
                        + account.name() + "\" cannot list resource \"" + path.plural() + "\" in API group \""
                        + path.group()
                        + "\" in the namespace \"" + path.namespace() + "\"",
                details(path.group(), path.plural(), ""));
    }

    static ApiFault notFound(ResourcePath path) {
        return new ApiFault(
                404, "NotFound", path.qualifiedPlural() + " \"" + path.name() + "\" not found", details(path));
    }

    static ApiFault alreadyExists(ResourcePath path) {
        return new ApiFault(
                409,
                "AlreadyExists",
                path.qualifiedPlural() + " \"" + path.name() + "\" already exists",
                details(path));
    }

    static ApiFault conflict(ResourcePath path, String why) {
        return new ApiFault(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + path.qualifiedPlural() + " \"" + path.name() + "\": " + why,
                details(path));
    }

    /** Of a deletion, which names the kind where the others name the resource. */
    static ApiFault preconditionFailed(ResourcePath path, String why) {
        String kind = Kinds.of(path);
        return new ApiFault(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + (path.group().isEmpty() ? kind : kind + "." + path.group())
                        + " \"" + path.name() + "\": " + why,
                details(path.group(), kind, path.name()));
    }

    /** @param fields of another manager, such as {@code .data.key}; at least one */
    static ApiFault applyConflict(String manager, List<String> fields) {
        String with = "with \"" + manager + "\":";
        String message = fields.size() == 1
                ? "Apply failed with 1 conflict: conflict " + with + " " + fields.get(0)
                : "Apply failed with " + fields.size() + " conflicts: conflicts " + with
                        + fields.stream().map(field -> "\n- " + field).collect(Collectors.joining());
        ObjectNode details = details();
        fields.forEach(field -> caused(details, "FieldManagerConflict", "conflict with \"" + manager + "\"", field));
        return new ApiFault(409, "Conflict", message, details);
    }

    static ApiFault unsupportedMediaType() {
        return new ApiFault(415, "UnsupportedMediaType", "415: Unsupported Media Type", details());
    }

    static ApiFault tooManyRequests(String message, String budget) {
        return new ApiFault(429, "TooManyRequests", message, caused(details(), "DisruptionBudget", budget, ""));
    }

    /** The eviction subresource's, which gives no reason. */
    static ApiFault severalBudgets() {
        return new ApiFault(
                500,
                null,
                "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
    }

    /** A patch that cannot be applied to the object. */
    static ApiFault unprocessable() {
        return new ApiFault(
                422, "Invalid", "the server rejected our request due to an error in our request", details());
    }

    /** @param of the object's kind, or the options' */
    static ApiFault missingField(String of, ObjectNode details, String field, String why) {
        String message = "Required value: " + why;
        return new ApiFault(
                422,
                "Invalid",
                of + " \"\" is invalid: " + field + ": " + message,
                caused(details, "FieldValueRequired", message, field));
    }

    static ApiFault missingName(ResourcePath path) {
        String kind = Kinds.of(path);
        return missingField(
                path.group().isEmpty() ? kind : kind + "." + path.group(),
                details(path.group(), kind, ""),
                "metadata.name",
                "name or generateName is required");
    }

    static ApiFault missingFieldManager() {
        return missingField(
                "PatchOptions.meta.k8s.io",
                details("meta.k8s.io", "PatchOptions", ""),
                "fieldManager",
                "is required for apply patch");
    }

    static ApiFault invalid(String message) {
        return new ApiFault(422, "Invalid", message);
    }

    static ApiFault notImplemented(String request) {
        return new ApiFault(501, "NotImplemented", "The embedded Kubernetes does not know " + request);
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        ObjectNode status = success().put("status", "Failure").put("message", getMessage());
        if (reason != null) {
            status.put("reason", reason);
        }
        if (details != null) {
            status.set("details", details);
        }
        return status.put("code", code);
    }

    /** What is answered where there is nothing else to say. */
    static ObjectNode success() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        return status.put("status", "Success");
    }

    /** A deletion's. */
    static ObjectNode deleted(ResourcePath path, String uid) {
        ObjectNode status = success();
        status.set("details", details(path).put("uid", uid));
        return status;
    }
}
