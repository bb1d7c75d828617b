package dev.lifeboat.lambda;

import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;

/** Tells people by SNS. Thread-safe. */
public final class Notifier {
    /** SNS' limit for a subject, which must be plain ASCII without line breaks. */
    private static final int LONGEST_SUBJECT = 100;

    private final Supplier<SnsClient> sns;
    private final String topic;

    /**
     * @param sns asked for at each use
     * @param topic the topic's ARN
     */
    public Notifier(Supplier<SnsClient> sns, String topic) {
        this.sns = sns;
        this.topic = topic;
    }

    /**
     * @param subject what is not plain ASCII becomes a question mark; cut at 100 characters
     * @param message up to 256 KiB
     * @throws dev.lifeboat.contract.error.AwsUnavailableException when SNS does not answer; the whole step is then done again,
     *     because a warning that nobody gets is none
     */
    public void tell(String subject, String message) {
        String line = subject.replaceAll("[^\\x20-\\x7e]", "?");
        try {
            sns.get()
                    .publish(r -> r.topicArn(topic)
                            .subject(line.length() > LONGEST_SUBJECT ? line.substring(0, LONGEST_SUBJECT) : line)
                            .message(message));
        } catch (SdkException e) {
            throw AwsFaults.translate("publish to " + topic, e);
        }
    }
}
