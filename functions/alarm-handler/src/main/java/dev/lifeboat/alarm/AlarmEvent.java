package dev.lifeboat.alarm;

import dev.lifeboat.contract.Require;
import java.time.Instant;

/**
 * A change of an alarm's state, as far as a decision needs it, whichever way it came.
 *
 * @param alarm the alarm's name; of an event that is no alarm's, its source and kind, such as {@code aws.health:EKS}
 * @param state what it changed to: {@code ALARM}, {@code OK} or {@code INSUFFICIENT_DATA}, or in an event's own words
 * @param at when it changed
 * @param failedAfter the earliest moment at which the failure can have happened
 * @param reason in the source's own words
 * @param suppressedBy why a composite alarm's actions are suppressed; null when they are not
 */
record AlarmEvent(String alarm, String state, Instant at, Instant failedAfter, String reason, String suppressedBy) {
    /** The state that may start something. */
    static final String ALARM = "ALARM";
    /** What the sources of events begin with that are no alarm's. */
    private static final String OF_SERVICES = "aws.";

    AlarmEvent {
        Require.text("alarm", alarm);
        Require.text("state", state);
        Require.present("at", at);
        Require.present("failedAfter", failedAfter);
        Require.present("reason", reason);
    }

    boolean isAlarm() {
        return state.equals(ALARM);
    }

    /** Whether it is an event of AWS Health or EKS. Those say no more when all is well again, or much later. */
    boolean isOfService() {
        return alarm.startsWith(OF_SERVICES);
    }
}
