package dev.lifeboat.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.lifeboat.contract.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request, and which service it is meant for. */
record Request(HttpExchange exchange, String service, String target) {
    /** Source: AWS Signature Version 4, Authorization header: the scope names the service. */
    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d+/[^/]+/([^/]+)/aws4_request");

    private static final Pattern PRESIGNED =
            Pattern.compile("X-Amz-Credential=[^&]*?(?:/|%2F)([^/%&]+)(?:/|%2F)aws4_request");

    static Request of(HttpExchange exchange) {
        String authorization = header(exchange, "Authorization");
        String query = exchange.getRequestURI().getRawQuery();
        Matcher signed = SCOPE.matcher(authorization);
        Matcher presigned = PRESIGNED.matcher(query == null ? "" : query);
        String service = signed.find() ? signed.group(1) : presigned.find() ? presigned.group(1) : "";
        return new Request(exchange, service, header(exchange, "X-Amz-Target"));
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    String header(String name) {
        return header(exchange, name);
    }

    String method() {
        return exchange.getRequestMethod();
    }

    String path() {
        return exchange.getRequestURI().getPath();
    }

    String body() throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    JsonNode json() throws IOException {
        String body = body();
        try {
            return Json.mapper().readTree(body.isEmpty() ? "{}" : body);
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("SerializationException", e.getOriginalMessage());
        }
    }

    Map<String, String> form() throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String pair : body().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String describe() {
        return method() + " " + exchange.getRequestURI() + (service.isEmpty() ? "" : " of service " + service)
                + (target.isEmpty() ? "" : " (" + target + ")");
    }

    void reply(int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.getResponseHeaders()
                .set("x-amzn-RequestId", java.util.UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
