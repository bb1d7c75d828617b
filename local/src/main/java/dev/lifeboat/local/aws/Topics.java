package dev.lifeboat.local.aws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** SNS: keeps what is published. Source: Amazon SNS API reference, Publish. */
final class Topics implements Service {
    static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";
    private static final int LIMIT = 262_144;

    private final Collection<String> arns;
    private final List<Notification> published = new CopyOnWriteArrayList<>();
    private final Consumer<Notification> listener;

    Topics(Collection<String> arns, Consumer<Notification> listener) {
        this.arns = arns;
        this.listener = listener;
    }

    List<Notification> published() {
        return List.copyOf(published);
    }

    /**
     * @return the message id
     * @throws ApiException as SNS refuses
     */
    String publish(String topicArn, String subject, String message) {
        if (!arns.contains(topicArn)) {
            throw new ApiException(404, "NotFound", "Topic does not exist");
        }
        if (message == null || message.isEmpty()) {
            throw ApiException.badRequest("InvalidParameter", "Invalid parameter: Empty message");
        }
        if (message.getBytes(StandardCharsets.UTF_8).length > LIMIT) {
            throw ApiException.badRequest("InvalidParameter", "Invalid parameter: Message too long");
        }
        // ASCII that begins with a letter, number or punctuation mark, no line breaks or control characters, at most
        // 100.
        if (subject != null && !subject.matches("[\\x21-\\x7e][\\x20-\\x7e]{0,99}")) {
            throw ApiException.badRequest("InvalidParameter", "Invalid parameter: Subject");
        }
        var notification = new Notification(topicArn, subject, message, Instant.now());
        published.add(notification);
        listener.accept(notification);
        return UUID.randomUUID().toString();
    }

    @Override
    public void handle(Request request) throws IOException {
        Map<String, String> form = request.form();
        if (!"Publish".equals(form.get("Action"))) {
            throw new UnknownRequestException(request.describe() + " Action=" + form.get("Action"));
        }
        String id = publish(form.get("TopicArn"), form.get("Subject"), form.get("Message"));
        request.reply(
                200,
                "text/xml",
                "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>" + id
                        + "</MessageId></PublishResult><ResponseMetadata><RequestId>" + UUID.randomUUID()
                        + "</RequestId></ResponseMetadata></PublishResponse>");
    }
}
