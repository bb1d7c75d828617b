package dev.lifeboat.report;

import dev.lifeboat.contract.Require;

/**
 * What a health URL answered.
 *
 * @param url as the target names it
 * @param status the HTTP status; null when there was none
 * @param healthy whether that is well
 * @param reason what was seen
 * @param millis how long it took
 */
public record Health(String url, Integer status, boolean healthy, String reason, long millis) {
    public Health {
        Require.text("health.url", url);
    }
}
