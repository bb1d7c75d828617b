package dev.lifeboat.report;

import dev.lifeboat.contract.recovery.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The words and numbers that every rendering shares. */
final class Wording {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

    private static final String CLUSTER = "cluster";

    private Wording() {}

    /** A few words. */
    static String verdict(RecoveryReport report) {
        return switch (report.outcome()) {
            case RECOVERED -> {
                String what = report.target().purpose() == Target.Purpose.DRILL ? "drill recovered" : "recovered";
                String time = report.measures().rtoSeconds() == null
                        ? ""
                        : " in " + duration(Duration.ofSeconds(report.measures().rtoSeconds()));
                yield what + time + (report.measures().withinBudget() ? "" : ", over budget");
            }
            case NOT_NEEDED -> "needed no recovery";
            case NEEDS_PERSON -> "NEEDS A PERSON";
            case NOT_APPROVED -> "was not recovered: a person refused";
            case OBSERVED -> "was only observed: it needs a repair";
            case HANDED_OVER -> "is handed over to another recovery";
        };
    }

    /** A sentence or two. */
    static String summary(RecoveryReport report) {
        String subject = subject(report);
        return switch (report.outcome()) {
            case RECOVERED ->
                report.target().purpose() == Target.Purpose.DRILL
                        ? subject + " was brought back beside the live one" + since(report, " after the drill began")
                                + "." + lost(report, " A failure at that moment would have lost the last ", " of data.")
                        : subject + " is back" + since(report, " after it failed") + "."
                                + lost(report, " What was committed since the backup, in at most ", ", is lost.");
            case NOT_NEEDED -> subject + " was looked at and found well. Nothing was touched.";
            case NEEDS_PERSON ->
                // Data that are back in a new cluster say nothing of whether that one has taken over.
                (report.scenario().equals(CLUSTER)
                                ? subject + " is NOT back as it should be."
                                : report.restore().cutOver() == null
                                        ? subject + " is NOT back."
                                        : subject + " is back, but what depends on it is not all well.")
                        + " A person has to act; what is left to do is listed below.";
            case NOT_APPROVED -> subject + " needs a repair, which a person has not allowed. It was left as it is.";
            case OBSERVED ->
                subject
                        + " needs a repair, and the mode is 'observe'. It was left as it is; what would have been done is"
                        + " listed below.";
            case HANDED_OVER ->
                subject + " suffers from another loss, whose own recovery goes on. It was left as it is.";
        };
    }

    private static String subject(RecoveryReport report) {
        return switch (report.scenario()) {
            case "application" -> "The application of target " + report.target().name();
            case CLUSTER -> "The cluster of target " + report.target().name();
            default -> "Database " + report.target().database();
        };
    }

    private static String since(RecoveryReport report, String what) {
        return report.measures().rtoSeconds() == null
                ? ""
                : ", " + duration(Duration.ofSeconds(report.measures().rtoSeconds())) + what;
    }

    private static String lost(RecoveryReport report, String before, String after) {
        Long seconds = report.measures().rpoSeconds();
        boolean sameData = seconds != null && seconds == 0 && report.restore().cutOver() == null;
        return seconds == null || sameData ? "" : before + duration(Duration.ofSeconds(seconds)) + after;
    }

    /** {@code 850 ms}, {@code 42 s}, {@code 4 min 12 s}, {@code 1 h 05 min}. */
    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0 && duration.toMillis() > 0) {
            return duration.toMillis() + " ms";
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds % 60 == 0
                    ? seconds / 60 + " min"
                    : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        long minutes = seconds % 3600 / 60;
        return minutes == 0
                ? seconds / 3600 + " h"
                : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, minutes);
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static String clock(Instant instant) {
        return CLOCK.format(instant);
    }

    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    /** What was copied from the archive. */
    static String loaded(Progress progress) {
        return count(progress.rows(), "row") + " from " + size(progress.bytes()) + ", "
                + duration(Duration.ofMillis(progress.loadMillis())) + " of work side by side";
    }

    /** What came after the rows. */
    static String built(Progress progress) {
        return String.format(Locale.ROOT, "%,d of ", progress.objects())
                + count(progress.objectsTotal(), "object") + " after the rows, in "
                + duration(Duration.ofMillis(progress.finishMillis()))
                + (progress.expectedEnd() == null ? "" : "; the end was expected at " + time(progress.expectedEnd()));
    }

    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
