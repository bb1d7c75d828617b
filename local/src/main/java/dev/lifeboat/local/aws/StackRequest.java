package dev.lifeboat.local.aws;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What CreateStack asks for.
 *
 * @param name the stack's name
 * @param body the template
 * @param parameters by name
 * @param tags by key
 * @param capabilities that the caller acknowledges
 * @param token ClientRequestToken; empty for none
 * @param onFailure ROLLBACK, DELETE or DO_NOTHING
 * @param timeout in the cloud's time; null for none
 */
record StackRequest(
        String name,
        String body,
        Map<String, String> parameters,
        Map<String, String> tags,
        Set<String> capabilities,
        String token,
        String onFailure,
        Duration timeout) {
    StackRequest {
        parameters = Map.copyOf(parameters);
        tags = Map.copyOf(tags);
        capabilities = Set.copyOf(capabilities);
    }
}
