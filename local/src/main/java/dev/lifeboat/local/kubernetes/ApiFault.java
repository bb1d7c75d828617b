package dev.lifeboat.local.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A refusal in the API server's own terms, answered as a {@code Status} object.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/">Status</a>
 */
final class ApiFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    private ApiFault(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
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
                        + "\" in the namespace \"" + path.namespace() + "\"");
    }

    static ApiFault notFound(ResourcePath path) {
        return new ApiFault(404, "NotFound", path.qualifiedPlural() + " \"" + path.name() + "\" not found");
    }

    static ApiFault alreadyExists(ResourcePath path) {
        return new ApiFault(409, "AlreadyExists", path.qualifiedPlural() + " \"" + path.name() + "\" already exists");
    }

    static ApiFault conflict(ResourcePath path, String why) {
        return new ApiFault(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + path.qualifiedPlural() + " \"" + path.name() + "\": " + why);
    }

    static ApiFault unsupportedMediaType(String mediaType) {
        return new ApiFault(
                415, "UnsupportedMediaType", "the body of the request was in an unknown format: " + mediaType);
    }

    static ApiFault tooManyRequests(String message) {
        return new ApiFault(429, "TooManyRequests", message);
    }

    static ApiFault internal(String message) {
        return new ApiFault(500, "InternalError", message);
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
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", getMessage())
                .put("reason", reason)
                .put("code", code);
    }
}
