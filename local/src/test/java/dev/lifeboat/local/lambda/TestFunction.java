package dev.lifeboat.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Runs in the function's process; the event's words say what it does. */
public final class TestFunction implements RequestStreamHandler {
    private static int calls;

    /** Thrown to see its name on the other side. */
    public static final class DeliberateException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DeliberateException() {
            super("as told");
        }
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        calls++;
        if (System.getenv("TRACE_FILE") != null) {
            Files.writeString(
                    Path.of(System.getenv("TRACE_FILE")),
                    "worked\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        if (event.contains("throw")) {
            throw new DeliberateException();
        }
        if (event.contains("exit")) {
            Runtime.getRuntime().halt(3);
        }
        if (event.contains("sleep")) {
            sleep();
        }
        System.out.println("saw " + event);
        out.write(("{\"echo\":" + event + ",\"pid\":" + ProcessHandle.current().pid() + ",\"calls\":" + calls
                        + ",\"variable\":\"" + System.getenv("FROM_TEMPLATE") + "\",\"endpoint\":\""
                        + System.getenv("AWS_ENDPOINT_URL") + "\",\"function\":\"" + context.getFunctionName()
                        + "\",\"arn\":\"" + context.getInvokedFunctionArn() + "\",\"heap\":"
                        + Runtime.getRuntime().maxMemory() / (1 << 20) + "}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static void sleep() {
        try {
            Thread.sleep(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
