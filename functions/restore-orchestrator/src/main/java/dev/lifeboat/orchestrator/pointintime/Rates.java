package dev.lifeboat.orchestrator.pointintime;

import dev.lifeboat.contract.Require;
import java.time.Instant;

/**
 * How fast data come back, as recoveries of a target have measured it; {@code rates/<target>.json} of the backup bucket. That of dumps is not measured
 * yet: whoever knows it writes it there.
 *
 * @param version 1
 * @param restoreBytesPerSecond of a base backup, counted in bytes of the restored database; WAL is counted as it is
 * @param dumpBytesPerSecond of a dump, counted in its compressed bytes, from the plan to the swap
 * @param measuredAt when the last restore that was measured began; null when none ever was
 */
public record Rates(int version, double restoreBytesPerSecond, double dumpBytesPerSecond, Instant measuredAt) {
    /**
     * Where nothing was measured yet: what a small node (2 vCPU, gp3 volume) does, as {@code bench/} measures it. Both are low on purpose: what
     * is chosen is the faster of the two, and then it matters little by how much.
     */
    public static final Rates DEFAULT = new Rates(1, 40e6, 2e6, null);

    /** Until a pod is scheduled, its volume attached and PostgreSQL up; and the restart and promotion afterwards. */
    static final long POD_SECONDS = 60;

    /** Until an empty server is prepared, and the check and the swap afterwards. */
    private static final long DUMP_SECONDS = 30;

    public Rates {
        Require.range("version", version, 1, 1);
        Require.range("restoreBytesPerSecond", (long) restoreBytesPerSecond, 1, Long.MAX_VALUE);
        Require.range("dumpBytesPerSecond", (long) dumpBytesPerSecond, 1, Long.MAX_VALUE);
    }

    /** Until an instance has taken over. */
    long pointSeconds(long databaseBytes, long walBytes) {
        return POD_SECONDS + Math.round((databaseBytes + walBytes) / restoreBytesPerSecond);
    }

    /** Until a dump is swapped in. */
    long dumpSeconds(long dumpBytes) {
        return DUMP_SECONDS + Math.round(dumpBytes / dumpBytesPerSecond);
    }

    /** With a restore that was measured: half of what was known, half of what was seen, so that one slow day does not stand for all. */
    Rates restored(long bytes, double seconds, Instant at) {
        return new Rates(1, mixed(restoreBytesPerSecond, bytes, seconds), dumpBytesPerSecond, at);
    }

    private double mixed(double known, long bytes, double seconds) {
        double seen = Math.max(1, bytes / Math.max(seconds, 0.1));
        return measuredAt == null ? seen : (known + seen) / 2;
    }
}
