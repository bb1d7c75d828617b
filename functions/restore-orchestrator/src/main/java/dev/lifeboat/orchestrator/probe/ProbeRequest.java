package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.recovery.Target;
import java.util.List;

/**
 * What {@code Probe} is asked.
 *
 * @param target whose database
 * @param applicationSecret Secrets Manager id of {@code {"username","password"}} of the application's role
 * @param query which returns at least one row when the application's data is there
 * @param invariants what always holds of the application's data; none when missing. Their limits are 25 seconds at most together
 */
public record ProbeRequest(Target target, String applicationSecret, String query, List<Invariant> invariants) {
    /** All invariants' limits together: the probe comes every minute, and looks at more than these. */
    private static final int SECONDS = 25;

    public ProbeRequest {
        Require.present("target", target);
        Require.text("applicationSecret", applicationSecret);
        Require.text("query", query);
        invariants = Require.listOrEmpty(invariants);
        Require.range(
                "invariants[].timeoutSeconds, all together,",
                invariants.stream().mapToInt(Invariant::timeoutSeconds).sum(),
                0,
                SECONDS);
    }
}
