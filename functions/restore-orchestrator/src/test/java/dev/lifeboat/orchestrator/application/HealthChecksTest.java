package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.orchestrator.application.ApplicationResults.Health;
import dev.lifeboat.orchestrator.application.ApplicationResults.UrlHealth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    private final HealthChecks checks = new HealthChecks(Duration.ofSeconds(10));
    private final CountDownLatch testIsOver = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private String base;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        server.start();
    }

    @AfterEach
    void stop() {
        testIsOver.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void twoHundredIsHealthy() {
        on("/health", exchange -> exchange.sendResponseHeaders(200, -1));

        UrlHealth result = check("/health");

        assertThat(result.healthy()).isTrue();
        assertThat(result.status()).isEqualTo(200);
        assertThat(result.reason()).isEqualTo("answers 200");
    }

    @Test
    void anyOtherStatusIsNot() {
        on("/health", exchange -> exchange.sendResponseHeaders(503, -1));

        assertThat(check("/health"))
                .extracting(UrlHealth::healthy, UrlHealth::status, UrlHealth::reason)
                .containsExactly(false, 503, "answers 503, expected 200");
    }

    @Test
    void aRedirectOnTheSameHostIsFollowed() {
        on("/health", exchange -> redirect(exchange, "/healthz"));
        on("/healthz", exchange -> exchange.sendResponseHeaders(200, -1));

        assertThat(check("/health").healthy()).isTrue();
    }

    @Test
    void aRedirectToAnotherHostSaysNothingOfThisOne() {
        on("/health", exchange -> redirect(exchange, "http://parked.example.net/"));

        assertThat(check("/health"))
                .extracting(UrlHealth::healthy, UrlHealth::status, UrlHealth::reason)
                .containsExactly(false, 302, "redirects to another host, parked.example.net");
    }

    @Test
    void redirectsInACircleEnd() {
        on("/health", exchange -> redirect(exchange, "/health"));

        assertThat(check("/health").reason()).isEqualTo("redirects more than 5 times");
    }

    @Test
    void aBodyWithoutEndIsNotWaitedFor() {
        on("/health", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[64]);
            exchange.getResponseBody().flush();
            awaitTheTestsEnd();
        });

        assertThat(check("/health").healthy()).isTrue();
    }

    @Test
    void anAnswerThatDoesNotComeIsGivenUp() {
        on("/health", exchange -> awaitTheTestsEnd());

        HealthChecks impatient = new HealthChecks(Duration.ofSeconds(1));

        assertThat(impatient.check(List.of(base + "/health")).results().get(0))
                .extracting(UrlHealth::healthy, UrlHealth::status, UrlHealth::reason)
                .containsExactly(false, null, "no answer within 1 s");
    }

    @Test
    void aRefusedConnectionIsAResultAndNoFailure() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        Health health = checks.check(List.of("http://127.0.0.1:" + closed + "/"));

        assertThat(health.healthy()).isFalse();
        assertThat(health.results().get(0).reason()).isEqualTo("connection refused");
    }

    @Test
    void aNameThatDoesNotResolveSaysSo() {
        assertThat(checks.check(List.of("http://does-not-exist.invalid/"))
                        .results()
                        .get(0)
                        .reason())
                .isEqualTo("host name cannot be resolved");
    }

    @Test
    void whatIsNoUrlSaysSo() {
        assertThat(checks.check(List.of("app.example.org/health"))
                        .results()
                        .get(0)
                        .reason())
                .startsWith("is no URL that can be asked: ");
    }

    @Test
    void oneThatIsNotHealthyMakesTheWholeNotHealthyAndTheOrderIsTheTargets() {
        on("/good", exchange -> exchange.sendResponseHeaders(200, -1));
        on("/bad", exchange -> exchange.sendResponseHeaders(500, -1));

        Health health = checks.check(List.of(base + "/good", base + "/bad", base + "/good"));

        assertThat(health.healthy()).isFalse();
        assertThat(health.results())
                .extracting(UrlHealth::reason)
                .containsExactly("answers 200", "answers 500, expected 200", "answers 200");
    }

    @Test
    void nothingToAskIsHealthy() {
        assertThat(checks.check(List.of())).isEqualTo(new Health(true, List.of()));
    }

    private UrlHealth check(String path) {
        return checks.check(List.of(base + path)).results().get(0);
    }

    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private void on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (exchange.getRequestURI().getPath().equals(path)) {
                    answer.give(exchange);
                } else {
                    exchange.sendResponseHeaders(404, -1);
                }
            }
        });
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    private void awaitTheTestsEnd() {
        try {
            testIsOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
