package dev.lifeboat.dns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cloudflare's API v4 with one zone, on loopback, as far as it is used; what it does not know it answers with 501. Faults
 * are scripted at the wire. The test runs calls one after the other.
 */
final class FakeCloudflare implements AutoCloseable {
    private static final String ZONE_ID = "0123456789abcdef0123456789abcdef";
    private static final String RECORDS = "/client/v4/zones/" + ZONE_ID + "/dns_records";

    private final HttpServer server;
    private final Map<String, ObjectNode> records = new LinkedHashMap<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private Runnable beforeDetails = () -> {};
    private int modifications;

    private record Fault(int status, String retryAfter, String body) {}

    FakeCloudflare() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/client/v4";
    }

    synchronized void reset() {
        records.clear();
        faults.clear();
        requests.clear();
        beforeDetails = () -> {};
    }

    synchronized void record(String id, String type, String name, String content) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("id", id).put("type", type).put("name", name).put("content", content);
        json.put("proxied", true).put("ttl", 1).put("comment", "the shop").putNull("settings");
        json.putArray("tags").add("owner:shop");
        touch(json);
        records.put(id, json);
    }

    /** The next request is answered so instead; 0 closes the connection without a word. */
    synchronized void fault(int status, String retryAfter, String body) {
        faults.add(new Fault(status, retryAfter, body));
    }

    /** Something that happens between reading a record and changing it. */
    synchronized void beforeDetails(Runnable action) {
        beforeDetails = action;
    }

    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    synchronized List<ObjectNode> named(String name) {
        return records.values().stream()
                .filter(json -> name.equals(json.path("name").asText()))
                .toList();
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            String line = exchange.getRequestMethod() + " "
                    + uri.getPath().replace(ZONE_ID, "ZONE").replace("/client/v4", "");
            requests.add(line);
            byte[] body = exchange.getRequestBody().readAllBytes();
            Fault fault = faults.poll();
            if (fault != null) {
                answer(exchange, fault);
                return;
            }
            if (!"Bearer the-token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 403, failure(9109, "Invalid access token"));
                return;
            }
            route(exchange, line, uri, body.length == 0 ? null : Json.mapper().readTree(body));
        }
    }

    private void route(HttpExchange exchange, String line, URI uri, JsonNode body) throws IOException {
        String record = uri.getPath().startsWith(RECORDS + "/") ? uri.getPath().substring(RECORDS.length() + 1) : "";
        if (line.equals("GET /zones")) {
            send(exchange, 200, success(zones(uri.getQuery())));
        } else if (line.equals("GET /zones/ZONE/dns_records")) {
            ArrayNode found = Json.mapper().createArrayNode();
            named(uri.getQuery().replaceAll(".*name=([^&]*).*", "$1")).forEach(found::add);
            send(exchange, 200, success(found));
        } else if (line.equals("POST /zones/ZONE/dns_records/batch")) {
            send(exchange, 200, success(batch(body)));
        } else if (line.startsWith("GET ") && records.containsKey(record)) {
            beforeDetails.run();
            send(exchange, 200, success(records.get(record)));
        } else if (line.startsWith("PATCH ") && records.containsKey(record)) {
            send(exchange, 200, success(update(records.get(record), body)));
        } else {
            send(exchange, 501, failure(501, "not known to this fake: " + line));
        }
    }

    private static ArrayNode zones(String query) {
        ArrayNode zones = Json.mapper().createArrayNode();
        if ("name=example.org".equals(query)) {
            zones.addObject().put("id", ZONE_ID).put("name", "example.org").put("status", "active");
        }
        return zones;
    }

    private ObjectNode update(ObjectNode record, JsonNode body) {
        record.setAll((ObjectNode) body);
        return touch(record);
    }

    private ObjectNode batch(JsonNode body) {
        body.path("deletes").forEach(each -> records.remove(each.path("id").asText()));
        body.path("posts").forEach(each -> {
            ObjectNode json = each.deepCopy();
            json.put("id", "new-" + records.size());
            records.put(json.path("id").asText(), touch(json));
        });
        return Json.mapper().createObjectNode();
    }

    private ObjectNode touch(ObjectNode json) {
        return json.put("modified_on", "2026-11-23T12:00:00." + ++modifications + "Z");
    }

    private static String success(JsonNode result) {
        ObjectNode envelope = Json.mapper().createObjectNode();
        envelope.put("success", true).putArray("errors");
        envelope.putArray("messages");
        envelope.set("result", result);
        return Json.compact(envelope);
    }

    static String failure(int code, String message) {
        ObjectNode envelope = Json.mapper().createObjectNode();
        envelope.put("success", false).putNull("result");
        envelope.putArray("errors").addObject().put("code", code).put("message", message);
        return Json.compact(envelope);
    }

    private static void answer(HttpExchange exchange, Fault fault) throws IOException {
        if (fault.status() == 0) {
            return;
        }
        if (fault.retryAfter() != null) {
            exchange.getResponseHeaders().add("Retry-After", fault.retryAfter());
        }
        send(exchange, fault.status(), fault.body());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
