package dev.lifeboat.local.events;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a schedule fires. Source: EventBridge Scheduler User Guide, "Schedule types". Left out, with an error: {@code L},
 * {@code W} and {@code #} of cron.
 */
public final class ScheduleExpression {
    private static final Pattern FORM = Pattern.compile("(rate|cron|at)\\((.*)\\)");
    private static final Map<String, Duration> UNITS =
            Map.of("minute", Duration.ofMinutes(1), "hour", Duration.ofHours(1), "day", Duration.ofDays(1));
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    /** 1 is Sunday. */
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private final String text;
    private final ZoneId zone;
    private Duration rate;
    private LocalDateTime once;
    private BitSet minutes;
    private BitSet hours;
    private BitSet daysOfMonth;
    private BitSet months;
    private BitSet daysOfWeek;
    private BitSet years;

    /** @throws IllegalArgumentException naming what is not understood */
    public ScheduleExpression(String text, String timezone) {
        this.text = text;
        this.zone = ZoneId.of(timezone);
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw bad("expected rate(...), cron(...) or at(...)");
        }
        switch (form.group(1)) {
            case "rate" -> rate(form.group(2));
            case "at" -> once = LocalDateTime.parse(form.group(2));
            default -> cron(form.group(2).strip().split("\\s+", -1));
        }
    }

    /** Whether it fires at a fixed distance from when it was switched on. */
    public boolean isRate() {
        return rate != null;
    }

    /** The first moment after the given one, or null when there is none. */
    public ZonedDateTime next(ZonedDateTime after) {
        if (rate != null) {
            return after.plus(rate);
        }
        if (once != null) {
            ZonedDateTime at = once.atZone(zone);
            return at.isAfter(after) ? at : null;
        }
        LocalDateTime start = after.withZoneSameInstant(zone)
                .toLocalDateTime()
                .truncatedTo(java.time.temporal.ChronoUnit.MINUTES)
                .plusMinutes(1);
        for (LocalDateTime day = start;
                day.getYear() < start.getYear() + 6;
                day = day.toLocalDate().plusDays(1).atStartOfDay()) {
            if (fires(day)) {
                LocalDateTime time = timeOn(day);
                if (time != null) {
                    return time.atZone(zone);
                }
            }
        }
        return null;
    }

    private boolean fires(LocalDateTime day) {
        return years.get(day.getYear())
                && months.get(day.getMonthValue())
                && daysOfMonth.get(day.getDayOfMonth())
                && daysOfWeek.get(day.getDayOfWeek().getValue() % 7 + 1);
    }

    private LocalDateTime timeOn(LocalDateTime from) {
        for (LocalDateTime time = from; time.toLocalDate().equals(from.toLocalDate()); time = time.plusMinutes(1)) {
            if (hours.get(time.getHour()) && minutes.get(time.getMinute())) {
                return time;
            }
        }
        return null;
    }

    private void rate(String value) {
        String[] parts = value.strip().split("\\s+", -1);
        Duration unit = parts.length == 2 ? UNITS.get(parts[1].replaceFirst("s$", "")) : null;
        if (unit == null) {
            throw bad("expected a number and minutes, hours or days");
        }
        rate = unit.multipliedBy(Long.parseLong(parts[0]));
    }

    private void cron(String... fields) {
        if (fields.length != 6) {
            throw bad("expected six fields");
        }
        if (fields[2].equals("?") == fields[4].equals("?")) {
            throw bad("expected ? in either the day of the month or the day of the week");
        }
        minutes = field(fields[0], 0, 59, List.of());
        hours = field(fields[1], 0, 23, List.of());
        daysOfMonth = field(fields[2], 1, 31, List.of());
        months = field(fields[3], 1, 12, MONTHS);
        daysOfWeek = field(fields[4], 1, 7, DAYS);
        years = field(fields[5], 1970, 2199, List.of());
    }

    private BitSet field(String field, int min, int max, List<String> names) {
        BitSet set = new BitSet();
        for (String part : field.split(",", -1)) {
            String[] step = part.split("/", -1);
            int by = step.length > 1 ? Integer.parseInt(step[1]) : 1;
            int from = min;
            int to = max;
            if (!step[0].equals("*") && !step[0].equals("?")) {
                String[] range = step[0].split("-", -1);
                from = number(range[0], min, max, names);
                to = range.length > 1 ? number(range[1], min, max, names) : step.length > 1 ? max : from;
            }
            for (int i = from; i <= to; i += by) {
                set.set(i);
            }
        }
        return set;
    }

    private int number(String value, int min, int max, List<String> names) {
        int name = names.indexOf(value.toUpperCase(Locale.ROOT));
        if (name >= 0) {
            return name + 1;
        }
        if (!value.matches("\\d{1,4}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            throw bad("'" + value + "' is not a number from " + min + " to " + max);
        }
        return Integer.parseInt(value);
    }

    private IllegalArgumentException bad(String why) {
        return new IllegalArgumentException("The schedule expression '" + text + "': " + why + ".");
    }
}
