package dev.lifeboat.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * An AWS endpoint of a test's own, for the services that speak JSON ({@code X-Amz-Target}) or the query protocol ({@code
 * Action}): the client under test goes over a real wire. An operation that the test did not define is answered with 501, which
 * fails the test.
 */
public final class TestingAwsApi implements AutoCloseable {
    /**
     * One request.
     *
     * @param operation such as {@code AWSStepFunctions.StartExecution} or {@code Publish}
     * @param body JSON as it was sent; of the query protocol, {@link #parameters()} is to be used
     */
    public record Request(String operation, String body) {
        /** The query protocol's parameters. */
        public Map<String, String> parameters() {
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String pair : body.split("&", -1)) {
                int equals = pair.indexOf('=');
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
            return parameters;
        }
    }

    /**
     * One answer.
     *
     * @param status of HTTP
     * @param body JSON or XML, as the service has it
     */
    public record Answer(int status, String body) {
        public static Answer ok(String body) {
            return new Answer(200, body);
        }

        /** An error of a service that speaks JSON. */
        public static Answer error(int status, String type, String message) {
            return new Answer(status, "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}");
        }
    }

    static {
        // Headers and body are two writes: without this the second waits 40 ms for the first one's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Function<Request, Answer>> operations = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private TestingAwsApi(HttpServer server) {
        this.server = server;
    }

    /** Starts one on a free port of 127.0.0.1, which answers SNS' Publish and nothing else. */
    public static TestingAwsApi start() {
        try {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
            TestingAwsApi api = new TestingAwsApi(server);
            server.createContext("/", api::serve);
            server.setExecutor(api.threads);
            server.start();
            api.on(
                    "Publish",
                    request -> Answer.ok("<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">"
                            + "<PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"));
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Defines an operation. */
    public void on(String operation, Function<Request, Answer> answer) {
        operations.put(operation, answer);
    }

    /** The requests of one operation so far. */
    public List<Request> requests(String operation) {
        return requests.stream().filter(r -> r.operation().equals(operation)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            Request request = new Request(target, body);
            if (target == null) {
                request = new Request(request.parameters().getOrDefault("Action", "?"), body);
            }
            requests.add(request);
            String operation = request.operation();
            Answer answer = operations
                    .getOrDefault(
                            operation,
                            r -> Answer.error(501, "NotImplemented", "the test does not define " + operation))
                    .apply(request);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
