package dev.lifeboat.local.alarms;

/** Source: CloudWatch API reference, MetricAlarm.StateValue. */
public enum AlarmState {
    OK,
    ALARM,
    INSUFFICIENT_DATA
}
