package dev.lifeboat.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One request to the API server.
 *
 * @param method in upper case
 * @param path what it is about
 * @param query its parameters
 * @param mediaType of the body, empty when none
 * @param body an empty object when none
 */
record ApiRequest(String method, ResourcePath path, Map<String, String> query, String mediaType, JsonNode body) {
    ApiRequest {
        query = Map.copyOf(query);
    }

    String describe() {
        return method + " " + path.qualifiedPlural() + (path.isCollection() ? "" : " " + path.name())
                + (path.subresource().isEmpty() ? "" : "/" + path.subresource()) + query;
    }
}
