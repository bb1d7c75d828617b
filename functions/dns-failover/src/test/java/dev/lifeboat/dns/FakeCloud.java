package dev.lifeboat.dns;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Cloudflare, Secrets Manager and the bucket with the lease for the function under test, set as they are on Lambda: by configuration alone. */
public final class FakeCloud implements QuarkusTestResourceLifecycleManager {
    static final FakeCloudflare CLOUDFLARE = new FakeCloudflare();

    /** What Secrets Manager gives as the secret's text. */
    static volatile String secret = "{\"apiToken\":\"the-token\"}";

    /** What {@code leases/shop.json} says. */
    static volatile String lease;

    static String lease(long token, String state) {
        return "{\"version\":1,\"target\":\"shop\",\"token\":" + token
                + ",\"owner\":\"an execution\",\"incident\":\"db-" + token + "\",\"state\":\"" + state
                + "\",\"since\":\"2026-11-23T03:14:01Z\"}";
    }

    private HttpServer secretsManager;

    @Override
    public Map<String, String> start() {
        try {
            secretsManager = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        secretsManager.createContext("/", exchange -> {
            try (exchange) {
                if (exchange.getRequestURI().getPath().equals("/backups/leases/shop.json")) {
                    send(exchange, "application/json", lease);
                    return;
                }
                if (exchange.getRequestURI().getPath().matches("/backups/?")) {
                    send(exchange, "application/xml", "<ListBucketResult><Name>backups</Name></ListBucketResult>");
                    return;
                }
                byte[] body = ("{\"Name\":\"cloudflare\",\"SecretString\":\"" + secret.replace("\"", "\\\"") + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        secretsManager.start();
        System.setProperty("aws.region", "us-east-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        System.setProperty(
                "aws.endpointUrl",
                "http://127.0.0.1:" + secretsManager.getAddress().getPort());
        return Map.of(
                "quarkus.rest-client.cloudflare.url",
                CLOUDFLARE.url(),
                "cloudflare.secret",
                "cloudflare",
                "backup.bucket",
                "backups");
    }

    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void stop() {
        secretsManager.stop(0);
        CLOUDFLARE.close();
    }
}
