package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.recovery.Target;
import java.util.List;

/**
 * What {@code Probe} is asked.
 *
 * @param target whose database
 * @param applicationSecret Secrets Manager id of {@code {"username","password"}} of the application's role
 * @param query which returns at least one row when the application's data is there
 * @param invariants what always holds of the application's data; none when missing. Their limits are 25 seconds at most together
 * @param pointInTime {@code on} when WAL is to be archived, {@code off} when it is not; on when missing
 */
public record ProbeRequest(
        Target target, String applicationSecret, String query, List<Invariant> invariants, String pointInTime) {
    /** All invariants' limits together: the probe comes every minute, and looks at more than these. */
    private static final int SECONDS = 25;

    public ProbeRequest {
        Require.present("target", target);
        Require.text("applicationSecret", applicationSecret);
        Require.text("query", query);
        invariants = Require.listOrEmpty(invariants);
        pointInTime = pointInTime == null ? "on" : pointInTime;
        if (!List.of("on", "off").contains(pointInTime)) {
            throw new InvalidInputException(
                    "Field 'pointInTime' is '" + pointInTime + "', expected 'on' or 'off'.",
                    "Correct the parameter PointInTimeRecovery of template.yaml.");
        }
        Require.range(
                "invariants[].timeoutSeconds, all together,",
                invariants.stream().mapToInt(Invariant::timeoutSeconds).sum(),
                0,
                SECONDS);
        if (invariants.stream().map(Invariant::name).distinct().count() < invariants.size()) {
            throw new InvalidInputException(
                    "Two invariants have the same name.", "Correct the parameter Invariants of template.yaml.");
        }
    }

    /** Whether the WAL archive is looked at. */
    boolean archives() {
        return pointInTime.equals("on");
    }
}
