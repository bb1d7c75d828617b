package dev.lifeboat.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The Lambda runtime API, version 2018-06-01, for one process. The runtime interface client ends its process when the
 * API is gone. Source: Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes".
 */
final class RuntimeApi implements AutoCloseable {
    static {
        // Else every answer waits for the client's delayed acknowledgement: 40 ms each.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final String BASE = "/2018-06-01/runtime/";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "runtime API");
        thread.setDaemon(true);
        return thread;
    });
    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final Events events;
    private volatile Work current;

    /** What the process's owner must know. */
    interface Events {
        /** The process is about to get the event; gives it its deadline and fault. */
        void handedOver(Work work);

        /** The function could not be initialised. */
        void initFailed(String error);

        /** The answer is computed, and lost: the process must die before it learns that it was heard. */
        void killBeforeAnswer();
    }

    RuntimeApi(Events events) {
        this.events = events;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open a port on the loopback interface", e);
        }
        server.setExecutor(threads);
        server.createContext(BASE, this::handle);
        server.start();
    }

    /** The value of AWS_LAMBDA_RUNTIME_API. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    void offer(Work work) {
        queue.add(work);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        // An exchange whose request body was never asked for closes its connection, under the client's next request.
        var unread = exchange.getRequestBody();
        try (exchange;
                unread) {
            String path = exchange.getRequestURI().getPath().substring(BASE.length());
            if (path.equals("invocation/next")) {
                next(exchange);
            } else if (path.equals("init/error")) {
                events.initFailed(body(exchange));
                accept(exchange, 202);
            } else if (path.startsWith("invocation/") && path.endsWith("/response")) {
                answer(exchange, path, false);
            } else if (path.startsWith("invocation/") && path.endsWith("/error")) {
                answer(exchange, path, true);
            } else {
                // restore/next and restore/error belong to SnapStart, which this machine does not play.
                accept(exchange, 404);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        Work work = queue.take();
        current = work;
        events.handedOver(work);
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", work.requestId);
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(work.deadlineMillis));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", work.functionArn);
        headers.set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0");
        headers.set("Content-Type", "application/json");
        byte[] payload = work.payload.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, payload.length);
        exchange.getResponseBody().write(payload);
        work.taken.complete(null);
    }

    private void answer(HttpExchange exchange, String path, boolean failed) throws IOException {
        String body = body(exchange);
        Work work = current;
        if (work == null || !path.contains(work.requestId)) {
            accept(exchange, 400);
            return;
        }
        if (work.fault.kind() == Fault.Kind.KILL_BEFORE_ANSWER) {
            events.killBeforeAnswer();
            return;
        }
        accept(exchange, 202);
        work.answer.complete(new Work.Answer(failed, body));
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void accept(HttpExchange exchange, int status) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] body = (status == 202 ? "{\"status\":\"OK\"}" : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
