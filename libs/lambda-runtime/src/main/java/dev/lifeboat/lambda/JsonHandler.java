package dev.lifeboat.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.lifeboat.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A Lambda handler whose input is parsed strictly and inside the handler, so that bad JSON is an error class of ours
 * that a state machine can name.
 *
 * @param <I> the input's type: a record, or a sealed interface of records told apart by {@code action}
 */
public abstract class JsonHandler<I> implements RequestStreamHandler {
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

    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        out.write(Json.write(handle(Json.read(what, in, type), context)));
    }

    /**
     * Does the work. May be called twice with the same input, also at the same time, and must come to the same result.
     *
     * @return what becomes the function's JSON output
     */
    protected abstract Object handle(I input, Context context);
}
