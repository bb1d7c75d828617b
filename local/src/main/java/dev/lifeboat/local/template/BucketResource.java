package dev.lifeboat.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An S3 bucket.
 *
 * @param logicalId its name in the template
 * @param name its name
 * @param versioned whether versioning is enabled
 * @param toEventBridge whether its events go to the default bus
 * @param notifications functions that are told directly
 * @param properties all of its properties, resolved
 */
public record BucketResource(
        String logicalId,
        String name,
        boolean versioned,
        boolean toEventBridge,
        List<Notification> notifications,
        JsonNode properties) {
    /**
     * A function that S3 tells of objects.
     *
     * @param event {@code s3:ObjectCreated:*} or one kind of it
     * @param functionArn the function
     * @param prefix of the keys
     * @param suffix of the keys
     */
    public record Notification(String event, String functionArn, String prefix, String suffix) {}
}
