package dev.lifeboat.alarm;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * How an incident is named: by what the alarm says and nothing else, so that one event, however often it is delivered, is one
 * incident.
 */
final class Incident {
    /** The end of every name. */
    static final String TIME_PATTERN = "[0-9]{8}T[0-9]{6}Z";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Incident() {}

    /** What all incidents of a target's scenario begin with. */
    static String prefix(String scenario, String target) {
        return scenario + "-" + target + "-";
    }

    static String name(String scenario, String target, Instant at) {
        return prefix(scenario, target) + TIME.format(at);
    }
}
