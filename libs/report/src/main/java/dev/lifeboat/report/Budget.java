package dev.lifeboat.report;

import dev.lifeboat.contract.Require;
import java.time.Duration;

/**
 * A budget, and what was used of it.
 *
 * @param component what it is of
 * @param limitSeconds the budget
 * @param actualSeconds what was used; null when it was not measured
 * @param held whether that is within the budget; null when it was not measured
 */
public record Budget(Component component, long limitSeconds, Long actualSeconds, Boolean held) {
    public Budget {
        Require.present("component", component);
    }

    /** @param actual what was used; null when it was not measured */
    public static Budget of(Component component, Duration actual) {
        long limit = component.limit().toSeconds();
        return actual == null
                ? new Budget(component, limit, null, null)
                : new Budget(component, limit, actual.toSeconds(), actual.compareTo(component.limit()) <= 0);
    }
}
