package dev.lifeboat.orchestrator.pointintime;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/**
 * Where a replay of WAL stops; "Recovery Target" of PostgreSQL's documentation.
 *
 * @param type what {@code value} is
 * @param value the time (RFC 3339, in UTC), LSN, restore point or transaction; null for latest and immediate
 * @param inclusive whether what is exactly there is replayed, too; null is yes
 * @param timeline on which it lies, 1 or more; null is the one that was archived last
 */
public record RecoveryPoint(Type type, String value, Boolean inclusive, Integer timeline) {
    /** The end of the archive. */
    public static final RecoveryPoint LATEST = new RecoveryPoint(Type.LATEST, null, true, null);

    /** How a point is named. */
    public enum Type {
        /** All that is archived. */
        @JsonProperty("latest")
        LATEST,
        @JsonProperty("time")
        TIME,
        @JsonProperty("lsn")
        LSN,
        /** What {@code pg_create_restore_point} made. */
        @JsonProperty("name")
        NAME,
        @JsonProperty("xid")
        XID,
        /** As soon as the base backup is consistent. */
        @JsonProperty("immediate")
        IMMEDIATE;

        boolean hasValue() {
            return this != LATEST && this != IMMEDIATE;
        }

        /** As PostgreSQL's parameters spell it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RecoveryPoint {
        Require.present("point.type", type);
        inclusive = inclusive == null || inclusive;
        if (timeline != null) {
            Require.range("point.timeline", timeline, 1, Integer.MAX_VALUE);
        }
        if (type.hasValue()) {
            Require.text("point.value", value);
        } else {
            value = null;
        }
        if (type == Type.LSN) {
            lsn(value);
        } else if (type == Type.TIME) {
            time(value);
        } else if (type == Type.XID && !value.matches("[0-9]{1,20}")) {
            throw invalid(value, "a transaction's number");
        }
    }

    private static void lsn(String value) {
        try {
            Lsn.parse(value);
        } catch (IllegalArgumentException e) {
            throw invalid(value, "an LSN such as 0/3000060");
        }
    }

    /** Whether a point with its timeline is the one that this one names, with a timeline or without. */
    boolean isMetBy(RecoveryPoint reached) {
        Integer wanted = timeline == null ? reached.timeline() : timeline;
        return new RecoveryPoint(type, value, inclusive, wanted).equals(reached);
    }

    /** The time of a point of that type. */
    Instant time() {
        return time(value);
    }

    private static Instant time(String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeException e) {
            throw invalid(value, "a time in UTC such as 2026-11-23T03:14:00Z");
        }
    }

    private static InvalidInputException invalid(String value, String expected) {
        return new InvalidInputException(
                "Field 'point.value' is '" + value + "', expected " + expected + ".", "Correct the value.");
    }

    /** For a message: {@code lsn 0/3000060}. */
    String words() {
        return value == null ? type.word() : type.word() + " " + value;
    }
}
