package dev.lifeboat.local.cli;

import java.util.Locale;

/** Numbers of bytes for a person: decimal, as disks are sold and {@code dd} counts. */
final class Sizes {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Sizes() {}

    static String shown(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.95) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** Such as {@code 52 % of 1.3 GB}. */
    static String of(long done, long total) {
        long percent = total == 0 ? 100 : (long) (100.0 * done / total);
        return percent + " % of " + shown(total);
    }
}
