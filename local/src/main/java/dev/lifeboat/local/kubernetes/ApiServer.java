package dev.lifeboat.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.lifeboat.local.kubernetes.ServiceAccountTokens.Account;
import dev.lifeboat.local.tls.LoopbackCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** The HTTPS front on loopback: admits EKS tokens, answers in JSON, remembers every request that it does not know. */
final class ApiServer implements AutoCloseable {
    private final HttpsServer server;
    private final ExecutorService workers;
    private final ApiRequests requests;
    private final Predicate<String> admitted;
    private final List<String> unknown = new CopyOnWriteArrayList<>();

    /** @param admitted of the Authorization header, which may be null */
    ApiServer(LoopbackCertificate certificate, ApiRequests requests, Predicate<String> admitted) {
        this.requests = requests;
        this.admitted = admitted;
        this.workers = Executors.newCachedThreadPool(task -> daemon(task, "kubernetes-api"));
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on loopback for the Kubernetes API", e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.setExecutor(workers);
        server.createContext("/", this::identify);
        server.start();
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    URI endpoint() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    List<String> unknownRequests() {
        return List.copyOf(unknown);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            byte[] body = exchange.getRequestBody().readAllBytes();
            try {
                if (!admitted.test(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    throw ApiFault.unauthorized();
                }
                answer(exchange, what, body);
            } catch (ApiFault e) {
                if (e.code() == 501) {
                    unknown.add(what);
                }
                send(exchange, e.code(), "application/json", json(e.status()));
            } catch (RuntimeException e) {
                unknown.add(what + ": " + e);
                send(exchange, 500, "text/plain", String.valueOf(e).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void answer(HttpExchange exchange, String what, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/version")) {
            ObjectNode version = JsonNodeFactory.instance.objectNode();
            version.put("major", "1").put("minor", "35").put("gitVersion", "v1.35.0-lifeboat");
            send(exchange, 200, "application/json", json(version));
            return;
        }
        if (path.matches("/(healthz|livez|readyz)")) {
            send(exchange, 200, "text/plain", "ok".getBytes(StandardCharsets.UTF_8));
            return;
        }
        ResourcePath resource = ResourcePath.parse(path).orElseThrow(() -> ApiFault.notImplemented(what));
        if (resource.plural().equals("pods") && resource.subresource().equals("log")) {
            send(exchange, 200, "text/plain", requests.log(resource).getBytes(StandardCharsets.UTF_8));
            return;
        }
        ApiRequest request = new ApiRequest(
                exchange.getRequestMethod(),
                resource,
                Query.parse(exchange.getRequestURI().getRawQuery()),
                mediaType(exchange.getRequestHeaders().getFirst("Content-Type")),
                node(body));
        ApiRequests.Answer answer = requests.answer(request);
        send(exchange, answer.code(), "application/json", json(answer.body()));
    }

    /** A pod comes with its service account's token, which its Roles limit; everybody else with one of EKS. */
    private void identify(HttpExchange exchange) throws IOException {
        Optional<Account> account =
                requests.account(exchange.getRequestHeaders().getFirst("Authorization"));
        if (account.isEmpty()) {
            handle(exchange);
            return;
        }
        try (exchange) {
            String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            try {
                send(exchange, 200, "application/json", json(requests.list(account.get(), list(exchange, what))));
            } catch (ApiFault e) {
                if (e.code() == 501) {
                    unknown.add(what);
                }
                send(exchange, e.code(), "application/json", json(e.status()));
            }
        }
    }

    private static ApiRequest list(HttpExchange exchange, String what) {
        return new ApiRequest(
                exchange.getRequestMethod(),
                ResourcePath.parse(exchange.getRequestURI().getPath()).orElseThrow(() -> ApiFault.notImplemented(what)),
                Query.parse(exchange.getRequestURI().getRawQuery()),
                "",
                JsonNodeFactory.instance.objectNode());
    }

    private static String mediaType(String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip();
    }

    private static JsonNode node(byte[] body) {
        // A server-side apply may be YAML, of which JSON is a part.
        JsonNode node = body.length == 0
                ? null
                : TypedObjects.SERIALIZATION.unmarshal(new String(body, StandardCharsets.UTF_8), JsonNode.class);
        return node == null ? JsonNodeFactory.instance.objectNode() : node;
    }

    private static byte[] json(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
