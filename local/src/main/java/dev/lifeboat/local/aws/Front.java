package dev.lifeboat.local.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The one endpoint of all services. What a request is meant for is read from its signature's scope; an unsigned one is
 * S3's. Nothing is authorised: signatures are not checked.
 */
final class Front implements AutoCloseable {
    static {
        // Else every answer waits for the client's delayed acknowledgement: 40 ms each.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final Map<String, Service> services = new java.util.concurrent.ConcurrentHashMap<>();
    private final List<String> unknown = new CopyOnWriteArrayList<>();
    private final Consumer<String> onUnknown;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "AWS endpoint");
        thread.setDaemon(true);
        return thread;
    });

    Front(Consumer<String> onUnknown) {
        this.onUnknown = onUnknown;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open a port on the loopback interface", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** @param name the service's name in a signature's scope */
    void add(String name, Service service) {
        services.put(name, service);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<String> unknownRequests() {
        return List.copyOf(unknown);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Answers one request, wherever it came in. */
    void handle(HttpExchange exchange) throws IOException {
        // An exchange whose request body was never asked for closes its connection, under the client's next request.
        var unread = exchange.getRequestBody();
        try (exchange;
                unread) {
            Request request = Request.of(exchange);
            try {
                Service service = services.get(request.service().isEmpty() ? "s3" : request.service());
                if (service == null) {
                    throw new UnknownRequestException(request.describe());
                }
                service.handle(request);
            } catch (ApiException e) {
                refuse(request, e.status(), e.code(), e.getMessage());
            } catch (UnknownRequestException e) {
                unknown.add(e.getMessage());
                onUnknown.accept(e.getMessage());
                refuse(request, 501, "NotImplemented", "The embedded cloud does not know: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                refuse(request, 500, "InternalFailure", e.toString());
            }
        }
    }

    private static void refuse(Request request, int status, String code, String message) throws IOException {
        String error = "<Code>" + code + "</Code><Message>" + Xml.escape(message) + "</Message>";
        String typed = "<Error><Type>Sender</Type>" + error + "</Error>";
        switch (request.service()) {
            case "sns" -> request.reply(status, "text/xml", Xml.element("ErrorResponse", Topics.NAMESPACE, typed));
            case "cloudformation" ->
                request.reply(status, "text/xml", Xml.element("ErrorResponse", CloudFormationApi.NAMESPACE, typed));
            case "ec2" ->
                request.reply(status, "text/xml", "<Response><Errors><Error>" + error + "</Error></Errors></Response>");
            case "s3", "" -> request.reply(status, "text/xml", "<Error>" + error + "</Error>");
            default -> {
                request.exchange().getResponseHeaders().set("x-amzn-ErrorType", code);
                request.reply(
                        status,
                        "application/x-amz-json-1.1",
                        Json.compact(Map.of("__type", code, "message", message, "Message", message)));
            }
        }
    }
}
