package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;

/**
 * A revision of a Deployment that has been rolled out and healthy from outside for a time: what {@code healthy-revisions/} in the backup
 * bucket holds.
 *
 * @param version 1
 * @param deployment its name
 * @param fingerprint of its content
 * @param revision the number that it had then
 * @param images of its containers
 * @param since since when it was well without a break
 * @param recordedAt when that had been long enough
 */
public record HealthyRevision(
        int version,
        String deployment,
        String fingerprint,
        long revision,
        List<String> images,
        Instant since,
        Instant recordedAt) {
    public HealthyRevision {
        Require.range("version", version, 1, 1);
        Require.text("deployment", deployment);
        Require.text("fingerprint", fingerprint);
        images = Require.listOrEmpty(images);
        Require.present("since", since);
        Require.present("recordedAt", recordedAt);
    }
}
