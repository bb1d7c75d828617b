package dev.lifeboat.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.lifeboat.contract.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * A Lambda handler whose input is parsed strictly and inside the handler, so that bad JSON is an error class of ours
 * that a state machine can name. While it runs, every line of the log carries the request's id and the incident.
 *
 * <p>Every function also answers {@link ReadinessQuestion}, which readiness.asl.json asks once a day: a version under SnapStart that
 * nobody calls for 14 days becomes inactive, and takes minutes to come back ("Lambda function states" of AWS's developer guide); and a
 * secret, a permission or a network that a recovery needs may be gone long before it is needed.
 *
 * @param <I> the input's type: a record, or a sealed interface of records told apart by {@code action}
 */
public abstract class JsonHandler<I> implements RequestStreamHandler {
    /** How long the question whether a function is ready may be, in bytes: longer events are not searched for it. */
    private static final int READINESS_BYTES = 2048;

    private static final Pattern READY = Pattern.compile("\"action\"\\s*:\\s*\"ready\"");

    private final String what;
    private final Class<I> type;

    /**
     * @param what names the input in a failure's message
     * @param type the input's type
     */
    protected JsonHandler(String what, Class<I> type) {
        this.what = what;
        this.type = type;
    }

    // Not final: Quarkus puts a proxy before the bean.
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        try {
            MDC.put("requestId", context == null ? "none" : context.getAwsRequestId());
            byte[] event = in.readAllBytes();
            if (asksForReadiness(event)) {
                out.write(Json.write(readiness(event)));
                return;
            }
            I input = parse(new ByteArrayInputStream(event));
            String incident = incident(input);
            if (incident != null) {
                MDC.put("incident", incident);
            }
            out.write(Json.write(handle(input, context)));
        } finally {
            MDC.remove("requestId");
            MDC.remove("incident");
        }
    }

    private static boolean asksForReadiness(byte[] event) {
        return event.length <= READINESS_BYTES
                && READY.matcher(new String(event, StandardCharsets.UTF_8)).find();
    }

    private Readiness.Answer readiness(byte[] event) {
        ReadinessQuestion question = Json.read("the question whether it is ready", event, ReadinessQuestion.class);
        Readiness readiness = new Readiness();
        lookAtNeeds(question, readiness);
        return readiness.answer();
    }

    /** Reads the input strictly. Override it where the input is an envelope of AWS's own, which may grow. */
    protected I parse(InputStream in) {
        return Json.read(what, in, type);
    }

    /** The incident that an input belongs to, for the log; null when it belongs to none. */
    protected String incident(I input) {
        return null;
    }

    /** Looks at all that {@link #handle} will need, as far as that is cheap and changes nothing; see {@link Readiness}. */
    protected abstract void lookAtNeeds(ReadinessQuestion question, Readiness readiness);

    /**
     * Does the work. May be called twice with the same input, also at the same time, and must come to the same result.
     *
     * @return what becomes the function's JSON output
     */
    protected abstract Object handle(I input, Context context);
}
