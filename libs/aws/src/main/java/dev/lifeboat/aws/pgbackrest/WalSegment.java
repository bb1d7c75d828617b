package dev.lifeboat.aws.pgbackrest;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One segment of WAL: xlog_internal.h's XLogFileName, with the segment size that initdb gives a cluster unless it is told otherwise.
 *
 * @param timeline 1 or more
 * @param number of the segment since the beginning of WAL
 */
public record WalSegment(int timeline, long number) implements Comparable<WalSegment> {
    /** 16 MiB: initdb's default. A cluster with another size is not supported. */
    public static final int BYTES = 16 << 20;

    private static final long PER_FILE_NUMBER = (1L << 32) / BYTES;
    private static final Pattern NAME = Pattern.compile("([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})");

    /** Empty when the name is no segment's. */
    public static Optional<WalSegment> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long low = Long.parseLong(matcher.group(3), 16);
        long timeline = Long.parseLong(matcher.group(1), 16);
        if (low >= PER_FILE_NUMBER || timeline == 0 || timeline > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        return Optional.of(
                new WalSegment((int) timeline, Long.parseLong(matcher.group(2), 16) * PER_FILE_NUMBER + low));
    }

    /** The name of its file, 24 hexadecimal digits. */
    public String name() {
        return String.format(Locale.ROOT, "%08X%08X%08X", timeline, number / PER_FILE_NUMBER, number % PER_FILE_NUMBER);
    }

    /** Its first byte. */
    public Lsn start() {
        return new Lsn(number * BYTES);
    }

    /** The byte behind its last one. */
    public Lsn end() {
        return new Lsn((number + 1) * BYTES);
    }

    @Override
    public int compareTo(WalSegment other) {
        return Comparator.comparingInt(WalSegment::timeline)
                .thenComparingLong(WalSegment::number)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return name();
    }
}
