package dev.lifeboat.alarm;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * How an incident is named: by what the alarm says and nothing else, so that one event, however often it is delivered, is one
 * incident.
 */
final class Incident {
    /** The end of every name; an incident whose execution gave way to another one's may have a second execution, and more. */
    static final String TIME_PATTERN = "[0-9]{8}T[0-9]{6}Z(-[0-9]{1,2})?";

    private static final Pattern NUMBER = Pattern.compile("(T[0-9]{6}Z)-[0-9]{1,2}$");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Incident() {}

    /** What all incidents of a target's scenario begin with. */
    static String prefix(Scenario scenario, String target) {
        return scenario.text() + "-" + target + "-";
    }

    /** @param start which start of the same incident, 1 or more: all before it gave way to others */
    static String name(Scenario scenario, String target, Instant at, int start) {
        return at(prefix(scenario, target), at, start);
    }

    /** What the names of all of an incident's executions begin with: the first one's name. */
    static String base(String execution) {
        return NUMBER.matcher(execution).replaceFirst("$1");
    }

    /**
     * What the names of the executions begin with that wait for an alarm to come to rest. Alarms' names may have 255 characters, of
     * which an execution's could hold but a part: two that look alike are told apart by a checksum.
     */
    static String settling(String target, String alarm) {
        return ofAlarm("settle", target, alarm);
    }

    /** The same of those that wait for the end of what an alarm's change led to. */
    static String following(String target, String alarm) {
        return ofAlarm("follow", target, alarm);
    }

    private static String ofAlarm(String what, String target, String alarm) {
        CRC32 checksum = new CRC32();
        checksum.update(alarm.getBytes(StandardCharsets.UTF_8));
        return what + "-" + target + "-" + String.format(Locale.ROOT, "%08x", checksum.getValue()) + "-";
    }

    static String at(String prefix, Instant at) {
        return at(prefix, at, 1);
    }

    /** @param start of the incident, 1 or more */
    static String at(String prefix, Instant at, int start) {
        return prefix + TIME.format(at) + (start == 1 ? "" : "-" + start);
    }
}
