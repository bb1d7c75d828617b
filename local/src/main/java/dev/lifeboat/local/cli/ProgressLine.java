package dev.lifeboat.local.cli;

import dev.lifeboat.pgrestore.RestoreProgress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How far a restore has come, in one line for a person. */
final class ProgressLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private ProgressLine() {}

    static String of(RestoreProgress progress) {
        return String.format(
                Locale.ROOT,
                "%s%,d rows, %,d of %,d objects%s",
                bytes(progress),
                progress.rows(),
                progress.objectsDone(),
                progress.objectsTotal(),
                expectedEnd(progress));
    }

    /** A script does not say beforehand how large its rows are. */
    private static String bytes(RestoreProgress progress) {
        return progress.bytesTotal() == 0 ? "" : Sizes.of(progress.bytesDone(), progress.bytesTotal()) + ", ";
    }

    private static String expectedEnd(RestoreProgress progress) {
        Instant end = progress.expectedEnd();
        if (end == null) {
            return "";
        }
        boolean loading = progress.bytesDone() < progress.bytesTotal();
        return (loading ? "; rows expected by " : "; expected by ") + TIME.format(end.truncatedTo(ChronoUnit.SECONDS));
    }
}
