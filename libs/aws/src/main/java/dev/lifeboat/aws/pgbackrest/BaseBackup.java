package dev.lifeboat.aws.pgbackrest;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A base backup that backup.info names: one that was finished.
 *
 * @param label such as {@code 20261127-020000F} or {@code 20261127-020000F_20261127-030000I}
 * @param type full, differential or incremental
 * @param archiveId of the WAL that belongs to it, such as {@code 15-1}
 * @param first the segment that recovery begins with; it also says which timeline the backup was made on
 * @param last the segment that recovery needs before the cluster is consistent
 * @param start where WAL replay begins
 * @param stop where the cluster is consistent: nothing before it can be recovered from this backup
 * @param startedAt when it was begun, to the second
 * @param stoppedAt when it was over, to the second
 * @param references labels of the backups that hold files of it
 * @param pageErrors whether pgBackRest found pages whose checksums are wrong
 * @param annotations what was noted about it, by name
 * @param databaseBytes of the whole cluster when it was made, before compression
 */
public record BaseBackup(
        String label,
        Type type,
        String archiveId,
        WalSegment first,
        WalSegment last,
        Lsn start,
        Lsn stop,
        Instant startedAt,
        Instant stoppedAt,
        List<String> references,
        boolean pageErrors,
        Map<String, String> annotations,
        long databaseBytes) {
    /** What a backup holds. */
    public enum Type {
        /** Everything. */
        FULL,
        /** What has changed since the last full one. */
        DIFF,
        /** What has changed since the last of any type. */
        INCR
    }

    public BaseBackup {
        references = List.copyOf(references);
        annotations = Map.copyOf(annotations);
    }

    /** The timeline that it was made on. */
    public int timeline() {
        return first.timeline();
    }
}
