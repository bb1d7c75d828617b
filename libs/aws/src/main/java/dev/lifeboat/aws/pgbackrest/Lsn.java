package dev.lifeboat.aws.pgbackrest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in PostgreSQL's WAL, in bytes since its beginning; compared as unsigned, though nobody will see the difference. In JSON it is text.
 *
 * @param position as PostgreSQL's XLogRecPtr
 */
public record Lsn(long position) implements Comparable<Lsn> {
    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /**
     * @param text such as {@code 0/3000028}
     * @throws IllegalArgumentException when it is none
     */
    @JsonCreator
    public static Lsn parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no LSN, expected one such as 0/3000028");
        }
        return new Lsn(Long.parseLong(matcher.group(1), 16) << 32 | Long.parseLong(matcher.group(2), 16));
    }

    /** The number of the WAL segment that holds the byte at this position. */
    public long segment() {
        return Long.divideUnsigned(position, WalSegment.BYTES);
    }

    /** Whether it is later in the WAL. */
    public boolean isAfter(Lsn other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(position, other.position);
    }

    /** As PostgreSQL writes it. */
    @JsonValue
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%X/%X", position >>> 32, position & 0xffff_ffffL);
    }
}
