package dev.lifeboat.orchestrator.application;

import dev.lifeboat.orchestrator.application.ApplicationResults.Health;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Whether users are served, for whoever assesses something else than the application. */
public final class HealthUrls {
    private HealthUrls() {}

    /**
     * What the URLs answered.
     *
     * @param healthy whether all answered 200
     * @param summary of each, on one line
     */
    public record Seen(boolean healthy, String summary) {}

    /** @param timeout of connecting, and again of waiting for an answer's head */
    public static Seen ask(List<String> urls, Duration timeout) {
        Health health = new HealthChecks(timeout).check(urls);
        return new Seen(
                health.healthy(),
                health.results().stream()
                        .map(each -> each.url() + ": " + each.reason())
                        .collect(Collectors.joining("; ")));
    }
}
