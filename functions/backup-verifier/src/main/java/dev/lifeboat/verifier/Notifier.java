package dev.lifeboat.verifier;

import dev.lifeboat.lambda.AwsFaults;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;

/** Tells people by SNS. */
final class Notifier {
    /** SNS' limit for a subject, which must be plain ASCII without line breaks. */
    private static final int LONGEST_SUBJECT = 100;

    private final Supplier<SnsClient> sns;
    private final String topic;

    Notifier(Supplier<SnsClient> sns, String topic) {
        this.sns = sns;
        this.topic = topic;
    }

    /**
     * @throws dev.lifeboat.contract.error.AwsUnavailableException when SNS does not answer; the whole step is then done again,
     *     because a warning that nobody gets is none
     */
    void tell(String subject, String message) {
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
