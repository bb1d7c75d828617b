package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** A service of the AWS JSON protocol: the action is in X-Amz-Target. Source: Smithy, AWS JSON 1.0 and 1.1 protocols. */
abstract class JsonService implements Service {
    private final String contentType;

    JsonService(String version) {
        this.contentType = "application/x-amz-json-" + version;
    }

    @Override
    public final void handle(Request request) throws IOException {
        String action = request.target().substring(request.target().indexOf('.') + 1);
        JsonNode answer = call(action, request.json());
        if (answer == null) {
            throw new UnknownRequestException(request.describe());
        }
        request.reply(200, contentType, answer.toString());
    }

    /** @return null when the action is not played */
    abstract JsonNode call(String action, JsonNode input);

    static String required(JsonNode input, String field) {
        if (!input.path(field).isTextual()) {
            throw ApiException.badRequest("ValidationException", "Missing or no text: '" + field + "'");
        }
        return input.path(field).asText();
    }
}
