package dev.lifeboat.local.kubernetes;

import java.time.ZonedDateTime;
import java.util.BitSet;

/**
 * A five-field cron schedule.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax">Schedule syntax</a>
 */
final class CronSchedule {
    private final String text;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean everyDay;
    private final boolean everyWeekday;

    private CronSchedule(String text, String[] fields) {
        this.text = text;
        this.minutes = field(fields[0], 0, 59);
        this.hours = field(fields[1], 0, 23);
        this.days = field(fields[2], 1, 31);
        this.months = field(fields[3], 1, 12);
        this.weekdays = field(fields[4], 0, 7);
        this.everyDay = fields[2].startsWith("*");
        this.everyWeekday = fields[4].startsWith("*");
        if (weekdays.get(7)) {
            weekdays.set(0);
        }
    }

    /** @throws ApiFault when the text is no schedule */
    static CronSchedule parse(String text) {
        String[] fields = text.strip().split("\\s+");
        if (fields.length != 5) {
            throw ApiFault.invalid("spec.schedule: Invalid value: \"" + text + "\": expected exactly 5 fields, found "
                    + fields.length);
        }
        try {
            return new CronSchedule(text, fields);
        } catch (NumberFormatException e) {
            throw ApiFault.invalid("spec.schedule: Invalid value: \"" + text + "\": " + e.getMessage());
        }
    }

    private static BitSet field(String field, int min, int max) {
        BitSet values = new BitSet();
        for (String part : field.split(",", -1)) {
            String[] stepped = part.split("/", 2);
            int step = stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1;
            int from = min;
            int to = max;
            if (!stepped[0].equals("*")) {
                String[] range = stepped[0].split("-", 2);
                from = Integer.parseInt(range[0]);
                to = range.length == 2 ? Integer.parseInt(range[1]) : stepped.length == 2 ? max : from;
            }
            if (from < min || to > max || from > to || step < 1) {
                throw new NumberFormatException(part + " is not within " + min + "-" + max);
            }
            for (int value = from; value <= to; value += step) {
                values.set(value);
            }
        }
        return values;
    }

    /** Whether it is due in the minute that the time lies in. */
    boolean isDue(ZonedDateTime time) {
        boolean day = days.get(time.getDayOfMonth());
        boolean weekday = weekdays.get(time.getDayOfWeek().getValue() % 7);
        // With both restricted, either is enough.
        boolean date = (everyDay || everyWeekday) ? (day && weekday) : (day || weekday);
        return date && months.get(time.getMonthValue()) && hours.get(time.getHour()) && minutes.get(time.getMinute());
    }

    @Override
    public String toString() {
        return text;
    }
}
