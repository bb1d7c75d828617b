package dev.lifeboat.local.alarms;

/** Follows the alarms' states. */
public interface AlarmListener {
    /** An alarm went from one state to another. */
    default void alarmChanged(String alarm, AlarmState from, AlarmState to, String reason) {}
}
