package dev.lifeboat.alarm;

import java.time.Instant;

/**
 * A change of a CloudWatch alarm's state, as far as a decision needs it.
 *
 * @param alarm the alarm's name
 * @param state what it changed to: {@code ALARM}, {@code OK} or {@code INSUFFICIENT_DATA}
 * @param at when it changed
 * @param failedAfter the earliest moment at which the failure can have happened
 * @param reason in CloudWatch's own words
 */
record AlarmEvent(String alarm, String state, Instant at, Instant failedAfter, String reason) {
    boolean isAlarm() {
        return state.equals("ALARM");
    }
}
