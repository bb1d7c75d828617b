package dev.lifeboat.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.ClusterResults.RouteHealth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One server is the API server and the load balancer. */
final class RouteCheckTest {
    private static final Generation GENERATION = new Generation("g2", "new", "new", "old", false);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String address = "{\"ip\": \"127.0.0.1\"}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.createContext("/api/v1/namespaces/app/services/ingress", exchange -> {
            byte[] service =
                    ("{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"ingress\"}, \"spec\":"
                                    + " {\"type\": \"LoadBalancer\"}, \"status\": {\"loadBalancer\": {\"ingress\": ["
                                    + address + "]}}}")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, service.length);
            exchange.getResponseBody().write(service);
            exchange.close();
        });
        server.createContext("/health", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private RouteHealth check(String... urls) {
        String api = "http://127.0.0.1:" + server.getAddress().getPort();
        return new RouteCheck(cluster -> new ClusterConnection(cluster, api, null, () -> "token"))
                .check(target(List.of(urls)), GENERATION);
    }

    private static Target target(List<String> urls) {
        return new Target(
                "app",
                Target.Purpose.LIVE,
                "old",
                "app",
                "postgres",
                "app",
                "app",
                "admin",
                List.of(),
                urls,
                new Target.ServiceName("app", "ingress"),
                null,
                null);
    }

    @Test
    void theLoadBalancerIsAskedForTheHostThatDnsDoesNotKnowYet() {
        int port = server.getAddress().getPort();
        RouteHealth health = check("http://app.example.invalid:" + port + "/health?full=1");

        assertThat(health.healthy()).isTrue();
        assertThat(health.ip()).isEqualTo("127.0.0.1");
        assertThat(asked).containsExactly("app.example.invalid:" + port + "/health?full=1");
    }

    @Test
    void whatAnswersOtherwiseIsNotHealthy() {
        status = 503;
        RouteHealth health =
                check("http://app.example.invalid:" + server.getAddress().getPort() + "/health");

        assertThat(health.healthy()).isFalse();
        assertThat(health.reason()).endsWith("/health: answers 503, expected 200");
    }

    @Test
    void aServerThatSpeaksNoTlsIsNotHealthy() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Thread answers = new Thread(() -> greet(plain));
            answers.start();
            RouteHealth health = check("https://app.example.invalid:" + plain.getLocalPort() + "/health");
            answers.join();

            assertThat(health.healthy()).isFalse();
            assertThat(health.results().get(0).status()).isNull();
        }
    }

    private static void greet(ServerSocket server) {
        try (Socket caller = server.accept()) {
            caller.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aLoadBalancerWithoutAnAddressIsWaitedFor() {
        address = "";
        RouteHealth health = check("http://app.example.invalid/health");

        assertThat(health.healthy()).isFalse();
        assertThat(health.results()).isEmpty();
    }
}
