package dev.lifeboat.local.template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A Lambda function.
 *
 * @param logicalId its name in the template
 * @param name its physical name
 * @param arn its ARN without qualifier
 * @param alias the alias that SAM publishes, may be null
 * @param code the zip
 * @param handler {@code class::method}
 * @param environment the template's variables
 * @param timeout after which an invocation is ended
 * @param memory MiB
 * @param reservedConcurrency invocations at the same time, when limited
 * @param asyncRetries how often an asynchronous event is tried again, 0 to 2
 * @param onFailureTopic topic that is told of an asynchronous event given up; may be null
 */
public record FunctionResource(
        String logicalId,
        String name,
        String arn,
        String alias,
        Path code,
        String handler,
        Map<String, String> environment,
        Duration timeout,
        int memory,
        OptionalInt reservedConcurrency,
        int asyncRetries,
        String onFailureTopic) {}
