package dev.lifeboat.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.local.lambda.InvocationResult;
import java.util.List;

/** The services that Task states and item readers call. */
public interface Integrations {
    /**
     * @throws StateFailure when Lambda refuses: throttled, or no such function
     * @throws InterruptedException when nobody waits any more
     */
    InvocationResult invoke(String function, String payload) throws InterruptedException;

    /**
     * @return the message id
     * @throws StateFailure when SNS refuses
     */
    String publish(String topicArn, String subject, String message);

    /**
     * @return what the SDK's GetParameter answers, in the SDK's spelling: {@code {"Parameter": {...}}}
     * @throws StateFailure when Systems Manager refuses
     */
    JsonNode parameter(String name);

    /** The bucket's objects as Distributed Map items: Etag, Key, LastModified, Size, StorageClass. */
    List<JsonNode> listObjects(String bucket, String prefix);
}
