package dev.lifeboat.aws.pgbackrest;

import java.time.Instant;
import java.util.Optional;

/**
 * How far WAL goes without a gap from a base backup, on the way to a timeline.
 *
 * @param backup where recovery begins
 * @param timeline where it is going
 * @param last the last segment before the first gap, or the newest one; empty when not even the backup's first one is there
 * @param end the byte behind it: everything before it can be replayed, nothing behind it
 * @param storedAt when that segment arrived in the archive: what was committed before that, on this timeline and up to {@code end}, is
 *     in it, and what was committed later may not be. Null when there is none
 * @param gap what is missing, when newer segments are there that recovery cannot get to
 */
public record WalReach(
        BaseBackup backup, int timeline, Optional<WalSegment> last, Lsn end, Instant storedAt, Optional<WalGap> gap) {
    /** Whether the cluster becomes consistent: WAL goes beyond the backup's end. */
    public boolean consistent() {
        return end.compareTo(backup.stop()) >= 0;
    }
}
