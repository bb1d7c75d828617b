package dev.lifeboat.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the verifier is told, in whichever of three forms: an EventBridge event of S3 ("Object Created"), a plain S3
 * notification (many records), or a request of our own.
 *
 * @param objects the objects that are spoken of; may be empty, as in S3's test event
 * @param compareWithPrevious whether a backup that shrank is suspicious
 * @param startLarge whether the machine is started for a backup that is too large for one function
 */
record VerifierInput(List<ObjectReference> objects, boolean compareWithPrevious, boolean startLarge)
        implements VerifierRequest {
    /**
     * An object that may be a manifest.
     *
     * @param bucket null in a request of our own: the function's bucket
     * @param key as it is in S3, not encoded
     */
    record ObjectReference(String bucket, String key) {}

    VerifierInput {
        objects = List.copyOf(objects);
    }

    /** An event, or what asks for one step in verifying a large backup. */
    static VerifierRequest request(InputStream json) {
        JsonNode event = tree(json);
        String action = event.path("action").asText();
        if (RepositoryRequest.ACTIONS.contains(action)) {
            return Json.read("the BackupVerifier event", event.toString(), RepositoryRequest.class);
        }
        return LargeRequest.ACTIONS.contains(action)
                ? Json.read("the BackupVerifier event", event.toString(), LargeRequest.class)
                : read(event);
    }

    static VerifierInput read(InputStream json) {
        return read(tree(json));
    }

    private static VerifierInput read(JsonNode event) {
        if (event.has("action")) {
            VerifyRequest request = Json.read("the BackupVerifier event", event.toString(), VerifyRequest.class);
            return new VerifierInput(
                    List.of(new ObjectReference(null, request.manifestKey())),
                    request.compareWithPrevious(),
                    request.startLarge());
        }
        if (event.path("Records").isArray()) {
            return new VerifierInput(records(event.path("Records")), true, true);
        }
        if (event.path("detail").has("object")) {
            JsonNode detail = event.path("detail");
            return new VerifierInput(
                    List.of(reference(detail, text(detail.path("object"), "detail.object.key", "key"))), true, true);
        }
        if ("s3:TestEvent".equals(event.path("Event").asText())) {
            return new VerifierInput(List.of(), true, true);
        }
        throw new InvalidInputException(
                "Invalid the BackupVerifier event: it has neither 'action', nor 'detail.object', nor 'Records'.",
                "Send one of events/backup-verifier-*.json.");
    }

    private static List<ObjectReference> records(JsonNode records) {
        List<ObjectReference> found = new ArrayList<>();
        for (JsonNode each : records) {
            String key = text(each.path("s3").path("object"), "Records[].s3.object.key", "key");
            // Plain notifications encode keys as forms do; EventBridge's do not.
            found.add(reference(each.path("s3"), URLDecoder.decode(key, StandardCharsets.UTF_8)));
        }
        return found;
    }

    private static ObjectReference reference(JsonNode parent, String key) {
        return new ObjectReference(text(parent.path("bucket"), "bucket.name", "name"), key);
    }

    private static String text(JsonNode parent, String path, String field) {
        JsonNode value = parent.path(field);
        if (!value.isTextual()) {
            throw new InvalidInputException(
                    "Invalid the BackupVerifier event: field '" + path + "' is missing.",
                    "Send one of events/backup-verifier-*.json.");
        }
        return value.textValue();
    }

    private static JsonNode tree(InputStream json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Invalid the BackupVerifier event: " + e.getMessage(),
                    "Send one of events/backup-verifier-*.json.",
                    e);
        }
    }
}
