package dev.lifeboat.orchestrator.report;

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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** The three operations of AWS that reporting uses, at the wire: JSON 1.0, S3's REST, and SNS's query protocol. */
final class FakeAws implements AutoCloseable {
    private static final int PAGE = 4;

    private final HttpServer server;
    private final List<ObjectNode> history = new ArrayList<>();
    private final Map<String, byte[]> objects = new LinkedHashMap<>();
    private final List<Map<String, String>> messages = new ArrayList<>();
    private final List<String> order = new ArrayList<>();
    private int failing;
    private int pages;

    FakeAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    /** An event, with its details as JSON; its time is in seconds since the epoch. */
    synchronized long event(double at, long previous, String type, String details) {
        try {
            ObjectNode event = Json.mapper().createObjectNode();
            event.put("id", history.size() + 1).put("previousEventId", previous);
            event.put("type", type).put("timestamp", at);
            event.setAll((ObjectNode) Json.mapper().readTree(details));
            history.add(event);
            return history.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next publish fails. */
    synchronized void failPublishing() {
        failing = 1;
    }

    synchronized Map<String, byte[]> objects() {
        return Map.copyOf(objects);
    }

    synchronized List<Map<String, String>> messages() {
        return List.copyOf(messages);
    }

    /** What was written and told, in order. */
    synchronized List<String> order() {
        return List.copyOf(order);
    }

    synchronized int pages() {
        return pages;
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            byte[] body = exchange.getRequestBody().readAllBytes();
            if ("AWSStepFunctions.GetExecutionHistory".equals(target)) {
                send(
                        exchange,
                        200,
                        "application/x-amz-json-1.0",
                        page(Json.mapper().readTree(body)));
            } else if (exchange.getRequestURI().getPath().startsWith("/backups/")) {
                s3(exchange, body);
            } else if (new String(body, StandardCharsets.UTF_8).startsWith("Action=Publish&")) {
                publish(exchange, new String(body, StandardCharsets.UTF_8));
            } else {
                send(exchange, 501, "text/plain", "not known to this fake".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private byte[] page(JsonNode request) {
        pages++;
        int from = request.path("nextToken").asInt(0);
        int to = Math.min(history.size(), from + PAGE);
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode events = answer.putArray("events");
        history.subList(from, to).forEach(events::add);
        if (to < history.size()) {
            answer.put("nextToken", Integer.toString(to));
        }
        return Json.write(answer);
    }

    private void s3(HttpExchange exchange, byte[] body) throws IOException {
        String key = exchange.getRequestURI().getPath().substring("/backups/".length());
        if (exchange.getRequestMethod().equals("PUT")) {
            objects.put(key, body);
            order.add("put " + key + " " + exchange.getRequestHeaders().getFirst("Content-Type"));
            exchange.sendResponseHeaders(200, -1);
        } else if (objects.containsKey(key)) {
            send(exchange, 200, "application/json", objects.get(key));
        } else {
            send(
                    exchange,
                    404,
                    "application/xml",
                    "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void publish(HttpExchange exchange, String form) throws IOException {
        if (failing-- > 0) {
            send(
                    exchange,
                    503,
                    "text/xml",
                    "<ErrorResponse><Error><Code>ServiceUnavailable</Code></Error></ErrorResponse>"
                            .getBytes(StandardCharsets.UTF_8));
            return;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        messages.add(fields);
        order.add("publish " + fields.get("TopicArn"));
        send(
                exchange,
                200,
                "text/xml",
                "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    SfnClient stepFunctions() {
        return configure(SfnClient.builder())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    S3Client s3() {
        return configure(S3Client.builder())
                .forcePathStyle(true)
                // The fake reads no chunks and no trailing checksum.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    SnsClient sns() {
        return configure(SnsClient.builder())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private <B extends AwsClientBuilder<B, ?>> B configure(B builder) {
        return builder.endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
