package dev.lifeboat.contract.recovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;
import java.time.Instant;

/**
 * What started a recovery.
 *
 * @param kind who or what
 * @param source the alarm's name, the schedule's name or the person
 * @param at when it fired
 * @param failedAfter the earliest moment at which the failure can have happened: RTO counts from it; null when unknown,
 *     then {@code at} stands for it
 * @param detail the reason in the source's own words, may be null
 */
public record Trigger(Kind kind, String source, Instant at, Instant failedAfter, String detail) {
    /** Who or what starts a recovery. */
    public enum Kind {
        @JsonProperty("alarm")
        ALARM,
        @JsonProperty("schedule")
        SCHEDULE,
        @JsonProperty("person")
        PERSON
    }

    public Trigger {
        Require.present("trigger.kind", kind);
        Require.text("trigger.source", source);
        Require.present("trigger.at", at);
    }

    /** The moment that RTO counts from. */
    public Instant failureInstant() {
        return failedAfter == null ? at : failedAfter;
    }
}
