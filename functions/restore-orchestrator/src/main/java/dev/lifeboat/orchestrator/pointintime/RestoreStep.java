package dev.lifeboat.orchestrator.pointintime;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One step of an instance on its way to a point, which {@code images/postgres/postgres-entrypoint.sh} takes once.
 *
 * @param number grows from step to step of one instance, 1 or more
 * @param from what it starts from; null is the base backup
 * @param save whether the data as they are now are kept, to go back to by {@link From#GOOD}; null is no
 * @param backup the base backup's label; null is the newest
 * @param point where it stops
 * @param listCommits two LSNs with a comma between: the commits between them are listed; null for none
 * @param keep under which name the data are kept before {@link From#DELTA} changes them, and come back from by {@link From#KEPT}: at most
 *     100 small letters, digits and hyphens; null for not at all
 */
public record RestoreStep(
        long number, From from, Boolean save, String backup, RecoveryPoint point, String listCommits, String keep) {
    /** What the names of all that a step sets begin with. */
    static final String PREFIX = "RESTORE_";

    static final String NUMBER = "RESTORE_STEP";
    private static final String FROM = "RESTORE_FROM";
    static final String LIST_COMMITS = "LIST_COMMITS";
    static final String ARCHIVE_MODE = "RESTORE_ARCHIVE_MODE";
    private static final Pattern KEEP = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");

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
        GOOD,
        /** The data as they were before {@link #DELTA}; they are in no recovery. */
        @JsonProperty("kept")
        KEPT;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RestoreStep {
        Require.range("step.number", number, 1, Long.MAX_VALUE);
        from = from == null ? From.BACKUP : from;
        save = save != null && save;
        Require.present("step.point", point);
        if (save && (from == From.BACKUP || from == From.GOOD)) {
            throw new InvalidInputException(
                    "Field 'step.save' is true with 'step.from' " + from.word()
                            + ", which does not go forward from what the instance holds.",
                    "Save in a step from 'current' or 'delta'.");
        }
        if (keep == null ? from == From.KEPT : !KEEP.matcher(keep).matches()) {
            throw new InvalidInputException(
                    "Field 'step.keep' is " + keep + ", expected at most 100 small letters, digits and hyphens.",
                    "Name what is kept by the incident.");
        }
    }

    /**
     * The same for the live instance, on the volume that it has. Its steps are numbered by the fencing token, since a volume outlives a recovery.
     *
     * @param token of the recovery
     * @param incident by which the data that are there are kept
     */
    RestoreStep inPlace(long token, String incident) {
        return new RestoreStep(2 * token, From.DELTA, false, backup, point, null, keep(incident));
    }

    /** The way back from {@link #inPlace}. */
    static RestoreStep putBack(long token, String incident) {
        return new RestoreStep(2 * token + 1, From.KEPT, false, null, RecoveryPoint.LATEST, null, keep(incident));
    }

    /** Whether what an instance is given leads back to what it held before. */
    static boolean isPutBack(Map<String, String> environment) {
        return From.KEPT.word().equals(environment.get(FROM));
    }

    /** Under which name a volume keeps what was there before an incident's recovery in place: PGDATA with this behind it. */
    static String keep(String incident) {
        String safe = incident.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        // With a hash, since what has a name already is not kept a second time.
        return String.format("before-%s-%08x", safe.substring(0, Math.min(80, safe.length())), incident.hashCode());
    }

    /** What the entrypoint reads. */
    Map<String, String> environment() {
        Map<String, String> values = new TreeMap<>();
        values.put(NUMBER, Long.toString(number));
        values.put(FROM, from.word());
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
        if (keep != null) {
            values.put("RESTORE_KEEP", keep);
        }
        return values;
    }
}
