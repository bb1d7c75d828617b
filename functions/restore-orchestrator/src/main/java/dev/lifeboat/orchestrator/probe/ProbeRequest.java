package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.recovery.Target;

/**
 * What {@code Probe} is asked.
 *
 * @param target whose database
 * @param applicationSecret Secrets Manager id of {@code {"username","password"}} of the application's role
 * @param query which returns at least one row when the application's data is there
 */
public record ProbeRequest(Target target, String applicationSecret, String query) {
    public ProbeRequest {
        Require.present("target", target);
        Require.text("applicationSecret", applicationSecret);
        Require.text("query", query);
    }
}
