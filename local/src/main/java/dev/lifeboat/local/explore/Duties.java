package dev.lifeboat.local.explore;

import dev.lifeboat.local.explore.ActionModel.Duty;

/** What an execution has done, or has tried in vain, that the rules ask for at its end; kept as bits. */
final class Duties {
    static final int TOLD = 1;
    static final int TOLD_IN_VAIN = 2;
    static final int REPORTED = 4;
    static final int REPORTED_IN_VAIN = 8;
    static final int REOPENED_IN_VAIN = 16;
    static final int LEASED = 32;
    static final int FENCED_OFF = 64;
    /** It has changed a database; kept where two executions meet. */
    static final int CHANGED = 128;
    /** It has changed anything that others see; kept where two executions meet. */
    static final int ACTED = 256;
    /** It has begun to restore the live instance in place. */
    static final int RESTORING = 512;

    private Duties() {}

    static int done(Duty duty) {
        return switch (duty) {
            case TELL -> TOLD;
            case REPORT -> TOLD | REPORTED;
            case LEASE -> LEASED;
            case REOPEN, RELEASE, NONE -> 0;
        };
    }

    /** Every attempt failed. */
    static int inVain(Duty duty) {
        return switch (duty) {
            case TELL -> TOLD_IN_VAIN;
            case REPORT -> REPORTED_IN_VAIN;
            case REOPEN -> REOPENED_IN_VAIN;
            case LEASE, RELEASE, NONE -> 0;
        };
    }
}
