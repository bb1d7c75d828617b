package dev.lifeboat.orchestrator.application;

import dev.lifeboat.orchestrator.application.ApplicationResults.Health;
import dev.lifeboat.orchestrator.application.ApplicationResults.UrlHealth;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks URLs as a user would: GET, 200 is healthy, the body is not read. A redirect is followed on the same host alone:
 * another host's page says nothing of this one. What cannot be reached is a result with its reason, not a failure.
 */
final class HealthChecks {
    private static final int MAX_REDIRECTS = 5;
    private static final int AT_ONCE = 8;

    private final HttpClient client;
    private final Duration timeout;

    /** @param timeout of connecting, and again of waiting for an answer's head */
    HealthChecks(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(Redirect.NEVER)
                .version(Version.HTTP_1_1)
                .build();
    }

    Health check(List<String> urls) {
        if (urls.isEmpty()) {
            return Health.of(List.of());
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(urls.size(), AT_ONCE));
        try {
            List<Future<UrlHealth>> checks =
                    urls.stream().map(url -> threads.submit(() -> check(url))).toList();
            return Health.of(checks.stream().map(HealthChecks::await).toList());
        } finally {
            threads.shutdownNow();
        }
    }

    private static UrlHealth await(Future<UrlHealth> check) {
        try {
            return check.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while URLs were asked", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A health check failed unexpectedly", e.getCause());
        }
    }

    private UrlHealth check(String url) throws InterruptedException {
        long start = System.nanoTime();
        Finding finding = ask(url);
        return new UrlHealth(
                url,
                finding.status(),
                finding.healthy(),
                finding.reason(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private record Finding(Integer status, boolean healthy, String reason) {}

    private Finding ask(String url) throws InterruptedException {
        try {
            URI asked = URI.create(url);
            for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
                HttpResponse<InputStream> answer = get(asked);
                Optional<URI> next = redirect(asked, answer);
                if (next.isEmpty()) {
                    return judge(answer.statusCode());
                }
                if (!sameHost(asked, next.get())) {
                    return new Finding(
                            answer.statusCode(),
                            false,
                            "redirects to another host, " + next.get().getHost());
                }
                asked = next.get();
            }
            return new Finding(null, false, "redirects more than " + MAX_REDIRECTS + " times");
        } catch (IOException e) {
            return new Finding(null, false, reason(e));
        } catch (IllegalArgumentException e) {
            return new Finding(null, false, "is no URL that can be asked: " + e.getMessage());
        }
    }

    private HttpResponse<InputStream> get(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("User-Agent", "lifeboat-health-check")
                .header("Cache-Control", "no-cache")
                .build();
        HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
        // The head is all that counts; closing lets go of a body of any size.
        answer.body().close();
        return answer;
    }

    private static Optional<URI> redirect(URI asked, HttpResponse<?> answer) {
        int status = answer.statusCode();
        if (status < 300 || status > 399 || status == 304) {
            return Optional.empty();
        }
        return answer.headers().firstValue("Location").map(asked::resolve);
    }

    private static boolean sameHost(URI one, URI other) {
        return one.getHost().equalsIgnoreCase(other.getHost());
    }

    private static Finding judge(int status) {
        return new Finding(
                status, status == 200, status == 200 ? "answers 200" : "answers " + status + ", expected 200");
    }

    private String reason(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection within " + timeout.toSeconds() + " s";
        }
        if (e instanceof HttpTimeoutException) {
            return "no answer within " + timeout.toSeconds() + " s";
        }
        if (e instanceof ConnectException) {
            return causedBy(e, UnresolvedAddressException.class)
                    ? "host name cannot be resolved"
                    : "connection refused";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
