package dev.lifeboat.orchestrator.pointintime;

import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.RungChosen;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.Way;

/**
 * Chooses the way in which lost data come back. The point in time loses seconds, a dump up to half an hour: so it comes first, unless it is
 * expected to be too late and the dump is not. Pure.
 */
final class RungChoice {
    /** What the database's recovery may take, of the budgets in the strategy. */
    static final long BUDGET_SECONDS = 15 * 60;

    private RungChoice() {}

    /**
     * @param pointSeconds null when no point can be reached
     * @param unreachable why none can; null when one can
     * @param dumpSeconds null when no dump is verified
     * @param sinceFailure seconds that are over already
     */
    static RungChosen choose(Long pointSeconds, String unreachable, Long dumpSeconds, long sinceFailure) {
        long left = BUDGET_SECONDS - sinceFailure;
        if (pointSeconds == null) {
            return new RungChosen(Way.RESTORE_BACKUP, unreachable, null, dumpSeconds, left);
        }
        String takes = "The latest point takes about " + pointSeconds + " s";
        String against = dumpSeconds == null
                ? "; no dump is verified."
                : ", the newest verified dump about " + dumpSeconds + " s, and " + left + " s are left.";
        boolean late = dumpSeconds != null && pointSeconds > left && dumpSeconds <= left;
        if (late) {
            return new RungChosen(
                    Way.RESTORE_BACKUP,
                    takes + against + " It would be too late, and the dump is not.",
                    pointSeconds,
                    dumpSeconds,
                    left);
        }
        return new RungChosen(
                Way.POINT_IN_TIME, takes + against + " It loses the least.", pointSeconds, dumpSeconds, left);
    }
}
