package dev.lifeboat.local.aws;

import java.time.Instant;

/**
 * A message that was published to an SNS topic.
 *
 * @param topicArn the topic
 * @param subject the subject, may be null
 * @param message the message
 * @param at when
 */
public record Notification(String topicArn, String subject, String message, Instant at) {}
