package dev.lifeboat.local.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Cloudflare's API v4 on loopback, for zones and DNS records. What it does not know it answers with 501 and remembers.
 * Thread-safe.
 *
 * @see <a href="https://developers.cloudflare.com/api/">Cloudflare API</a>
 */
public final class EmbeddedCloudflare implements AutoCloseable {
    private final HttpServer server;
    private final String token;
    private final CloudflareRequests requests = new CloudflareRequests();
    private final List<String> unknown = new CopyOnWriteArrayList<>();

    private EmbeddedCloudflare(String token) {
        this.token = token;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on loopback for Cloudflare's API", e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    /** @param token the API token that it admits */
    public static EmbeddedCloudflare start(String token) {
        return new EmbeddedCloudflare(token);
    }

    /** The API's base address, {@code http://127.0.0.1:.../client/v4}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/client/v4");
    }

    /** Adds a zone without records. */
    public void addZone(String zone) {
        requests.addZone(zone);
    }

    /** Adds a record to the zone, past the API. */
    public void addRecord(String zone, String type, String name, String content, boolean proxied) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", type).put("name", name).put("content", content).put("proxied", proxied);
        requests.addRecord(zone, body);
    }

    /** The records of a host name as they are now. */
    public List<DnsRecord> records(String name) {
        return requests.records(name);
    }

    /** Requests that were answered 501: whatever ran meanwhile has failed. */
    public List<String> unknownRequests() {
        return List.copyOf(unknown);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            JsonNode body = body(exchange);
            try {
                authenticate(exchange.getRequestHeaders().getFirst("Authorization"));
                send(exchange, 200, requests.answer(exchange.getRequestMethod(), exchange.getRequestURI(), body));
            } catch (CloudflareFault e) {
                if (e.status() == 501) {
                    unknown.add(what);
                }
                send(exchange, e.status(), failure(e));
            }
        }
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        return bytes.length == 0
                ? JsonNodeFactory.instance.objectNode()
                : Json.mapper().readTree(bytes);
    }

    private void authenticate(String authorization) {
        if (authorization == null) {
            throw new CloudflareFault(400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers");
        }
        if (!authorization.equals("Bearer " + token)) {
            throw new CloudflareFault(403, 9109, "Invalid access token");
        }
    }

    private static ObjectNode failure(CloudflareFault fault) {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("success", false);
        ArrayNode errors = envelope.putArray("errors");
        errors.addObject().put("code", fault.code()).put("message", fault.getMessage());
        envelope.putArray("messages");
        envelope.putNull("result");
        return envelope;
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
