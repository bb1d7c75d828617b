package dev.lifeboat.alarm;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What was done about an alarm.
 *
 * @param outcome in one word
 * @param alarm the alarm's name
 * @param incident the incident; null when the alarm calls for none
 * @param execution the ARN of the execution that was started, or the name of the one that was joined; null when there is none
 * @param message for people
 */
record AlarmResult(Outcome outcome, String alarm, String incident, String execution, String message) {
    /** What was done. */
    enum Outcome {
        @JsonProperty("started")
        STARTED,
        @JsonProperty("already-handled")
        ALREADY_HANDLED,
        @JsonProperty("joined")
        JOINED,
        @JsonProperty("waiting-for-approval")
        WAITING_FOR_APPROVAL,
        @JsonProperty("observed")
        OBSERVED,
        @JsonProperty("no-failure")
        NO_FAILURE,
        @JsonProperty("unknown-alarm")
        UNKNOWN_ALARM,
        @JsonProperty("no-machine")
        NO_MACHINE,
        @JsonProperty("suppressed")
        SUPPRESSED,
        @JsonProperty("cooling-down")
        COOLING_DOWN,
        @JsonProperty("flapping")
        FLAPPING,
        @JsonProperty("told")
        TOLD
    }
}
