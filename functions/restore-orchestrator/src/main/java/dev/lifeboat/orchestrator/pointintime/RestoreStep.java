package dev.lifeboat.orchestrator.pointintime;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One step of an instance on its way to a point, which {@code images/postgres/postgres-entrypoint.sh} takes once.
 *
 * @param number grows from step to step of one instance, 1 or more
 * @param from what it starts from; null is the base backup
 * @param save whether the data as they are now are kept, to go back to by {@link From#GOOD}; null is no
 * @param backup the base backup's label; null is the newest
 * @param point where it stops
 * @param listCommits two LSNs with a comma between: the commits between them are listed; null for none
 */
public record RestoreStep(
        long number, From from, Boolean save, String backup, RecoveryPoint point, String listCommits) {
    /** What the names of all that a step sets begin with. */
    static final String PREFIX = "RESTORE_";

    static final String NUMBER = "RESTORE_STEP";
    static final String LIST_COMMITS = "LIST_COMMITS";
    static final String ARCHIVE_MODE = "ARCHIVE_MODE";

    /** What a step starts from. */
    public enum From {
        /** The base backup, restored beside what is there. */
        @JsonProperty("backup")
        BACKUP,
        /** The base backup, restored in place: only what differs is copied. */
        @JsonProperty("delta")
        DELTA,
        /** The instance's data as they are. */
        @JsonProperty("current")
        CURRENT,
        /** The instance's data as an earlier step kept them. */
        @JsonProperty("good")
        GOOD
    }

    public RestoreStep {
        Require.range("step.number", number, 1, Long.MAX_VALUE);
        from = from == null ? From.BACKUP : from;
        save = save != null && save;
        Require.present("step.point", point);
        if (save && (from == From.BACKUP || from == From.GOOD)) {
            throw new InvalidInputException(
                    "Field 'step.save' is true with 'step.from' " + from.name().toLowerCase(Locale.ROOT)
                            + ", which does not go forward from what the instance holds.",
                    "Save in a step from 'current' or 'delta'.");
        }
    }

    /** What the entrypoint reads. */
    Map<String, String> environment() {
        Map<String, String> values = new TreeMap<>();
        values.put(NUMBER, Long.toString(number));
        values.put("RESTORE_FROM", from.name().toLowerCase(Locale.ROOT));
        values.put("RESTORE_SAVE", save.toString());
        values.put("RESTORE_SET", backup == null ? "latest" : backup);
        values.put("RESTORE_TYPE", point.type().word());
        if (point.value() != null) {
            values.put("RESTORE_TARGET", point.value());
            values.put("RESTORE_TARGET_INCLUSIVE", point.inclusive().toString());
        }
        values.put(
                "RESTORE_TARGET_TIMELINE",
                point.timeline() == null ? "latest" : point.timeline().toString());
        if (listCommits != null) {
            values.put(LIST_COMMITS, listCommits);
        }
        return values;
    }
}
