package dev.lifeboat.local.s3;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.lifeboat.local.template.Arns;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Hands requests on to the S3 server as they are, streaming both ways, and tells of every object that is written. */
public final class S3Proxy {
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "host",
            "content-length",
            "expect",
            "transfer-encoding",
            "upgrade",
            "keep-alive",
            "http2-settings");

    private final URI server;
    private final Consumer<ObjectCreated> listener;
    private final DeletedObjects deleted = new DeletedObjects();
    private final S3Admin admin;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param listener told after the object is there and before the writer has its answer */
    public S3Proxy(URI server, Consumer<ObjectCreated> listener) {
        this.server = server;
        this.listener = listener;
        this.admin = new S3Admin(server);
    }

    /** Handles one request to its end. */
    public void handle(HttpExchange exchange) throws IOException, InterruptedException {
        String bucket = bucket(exchange);
        byte[] deletion = isDeletionOfMany(exchange) ? exchange.getRequestBody().readAllBytes() : null;
        HttpResponse<InputStream> response =
                forward(exchange, deletion == null ? body(exchange) : BodyPublishers.ofByteArray(deletion));
        try (InputStream body = response.body()) {
            if (response.statusCode() == 200) {
                reason(exchange).ifPresent(reason -> {
                    deleted.written(bucket, key(exchange));
                    tell(exchange, response, reason);
                });
            }
            if (deletion != null && response.statusCode() == 200) {
                deleted.deletedAll(bucket, new String(deletion, StandardCharsets.UTF_8));
            }
            if (exchange.getRequestMethod().equals("DELETE") && query(exchange).isEmpty()) {
                deleted.deleted(bucket, key(exchange));
            }
            if (response.statusCode() == 200 && isListing(exchange) && deleted.any(bucket)) {
                answer(
                        exchange,
                        deleted.without(
                                bucket,
                                new String(body.readAllBytes(), StandardCharsets.UTF_8),
                                prefix -> keys(bucket, prefix)));
            } else {
                answer(exchange, response, body);
            }
        }
    }

    private static String query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null || query.startsWith("x-id=") ? "" : query;
    }

    private static boolean isDeletionOfMany(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("POST") && query(exchange).matches("delete(=.*)?(&.*)?");
    }

    private static boolean isListing(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("GET") && query(exchange).contains("list-type=2");
    }

    private List<String> keys(String bucket, String prefix) {
        return admin.list(bucket, prefix).stream()
                .map(object -> object.get("Key"))
                .toList();
    }

    private static String bucket(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        int slash = path.indexOf('/', 1);
        return slash < 0 ? path.substring(1) : path.substring(1, slash);
    }

    private static String key(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        int slash = path.indexOf('/', 1);
        return slash < 0
                ? ""
                : URLDecoder.decode(path.substring(slash + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, String page) throws IOException {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private HttpResponse<InputStream> forward(HttpExchange exchange, BodyPublisher body)
            throws IOException, InterruptedException {
        URI asked = exchange.getRequestURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        var request = HttpRequest.newBuilder(URI.create(server + asked.getRawPath() + query))
                .method(exchange.getRequestMethod(), body);
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, isKey(name) ? keyId(value) : value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static boolean isKey(String header) {
        return header.equalsIgnoreCase("x-amz-server-side-encryption-aws-kms-key-id");
    }

    /** S3Mock knows keys by their ids alone, S3 takes ARNs as well and answers with them. */
    private static String keyId(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private static String keyArn(String id) {
        return Arns.arn("kms", "key/" + keyId(id));
    }

    private static BodyPublisher body(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String length = headers.getFirst("Content-Length");
        boolean chunked = headers.getFirst("Transfer-Encoding") != null;
        if ((length == null && !chunked) || "0".equals(length)) {
            return BodyPublishers.noBody();
        }
        BodyPublisher stream = BodyPublishers.ofInputStream(exchange::getRequestBody);
        return length == null ? stream : BodyPublishers.fromPublisher(stream, Long.parseLong(length));
    }

    private static void answer(HttpExchange exchange, HttpResponse<InputStream> response, InputStream body)
            throws IOException {
        response.headers().map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(lower) && !lower.equals("date")) {
                exchange.getResponseHeaders()
                        .put(
                                name,
                                isKey(name)
                                        ? values.stream().map(S3Proxy::keyArn).toList()
                                        : values);
            }
        });
        String length = response.headers().firstValue("Content-Length").orElse(null);
        if (exchange.getRequestMethod().equals("HEAD")) {
            if (length != null) {
                exchange.getResponseHeaders().set("Content-Length", length);
            }
            exchange.sendResponseHeaders(response.statusCode(), -1);
            return;
        }
        long known = length == null ? 0 : Long.parseLong(length);
        boolean empty = (length != null && known == 0) || response.statusCode() == 204 || response.statusCode() == 304;
        exchange.sendResponseHeaders(response.statusCode(), empty ? -1 : known);
        if (!empty) {
            body.transferTo(exchange.getResponseBody());
        }
    }

    /** Source: Amazon S3 API reference: which requests create an object. */
    private static Optional<String> reason(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        boolean object = exchange.getRequestURI().getRawPath().indexOf('/', 1) > 0;
        boolean sub = query != null && !query.startsWith("x-id=") && !query.contains("X-Amz-");
        if (!object) {
            return Optional.empty();
        }
        if (exchange.getRequestMethod().equals("PUT") && !sub) {
            boolean copy = exchange.getRequestHeaders().containsKey("x-amz-copy-source");
            return Optional.of(copy ? "CopyObject" : "PutObject");
        }
        return exchange.getRequestMethod().equals("POST") && query != null && query.contains("uploadId=")
                ? Optional.of("CompleteMultipartUpload")
                : Optional.empty();
    }

    private void tell(HttpExchange exchange, HttpResponse<InputStream> written, String reason) {
        String path = exchange.getRequestURI().getRawPath();
        String version = written.headers().firstValue("x-amz-version-id").orElse(null);
        try {
            var head = HttpRequest.newBuilder(
                            URI.create(server + path + (version == null ? "" : "?versionId=" + version)))
                    .method("HEAD", BodyPublishers.noBody())
                    .build();
            HttpResponse<Void> there = client.send(head, HttpResponse.BodyHandlers.discarding());
            if (there.statusCode() != 200) {
                return;
            }
            listener.accept(new ObjectCreated(
                    bucket(exchange),
                    key(exchange),
                    there.headers().firstValue("x-amz-version-id").orElse(version),
                    there.headers().firstValueAsLong("Content-Length").orElse(0),
                    there.headers().firstValue("ETag").orElse("").replace("\"", ""),
                    reason));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
