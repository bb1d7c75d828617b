package dev.lifeboat.verifier;

import dev.lifeboat.contract.backup.VerdictStatus;
import java.time.Instant;
import java.util.List;

/**
 * What an integrity check of the whole bucket came to.
 *
 * @param version 1
 * @param run the execution's name
 * @param bucket the bucket
 * @param startedAt when the check began
 * @param finishedAt when it was summed up
 * @param counts how many of which kind
 * @param retention what became of old backups
 * @param backups every backup, newest first
 * @param repository of WAL and base backups; null where there is to be none
 */
record IntegrityReport(
        int version,
        String run,
        String bucket,
        Instant startedAt,
        Instant finishedAt,
        Counts counts,
        Retention.Outcome retention,
        List<CheckedBackup> backups,
        RepositoryReport repository) {
    /**
     * How many backups.
     *
     * @param backups all of them
     * @param verified found to be whole in this check
     * @param corrupt damaged
     * @param suspicious whole, but unlike the ones before
     * @param unverifiable not to be judged
     * @param missed those that the check did not come to a verdict on
     */
    record Counts(int backups, int verified, int corrupt, int suspicious, int unverifiable, int missed) {}

    /**
     * One backup.
     *
     * @param backupId the backup
     * @param database of the manifest; null when it cannot be read
     * @param takenAt when its snapshot was taken
     * @param status of the verdict made in this check; null when there is none: missed
     * @param verifiedAt when that verdict was made; null when missed
     * @param size of the dump as it was read, in bytes
     * @param reasons why it is not verified
     * @param warnings what else a person should know, such as that it has no configuration
     */
    record CheckedBackup(
            String backupId,
            String database,
            Instant takenAt,
            VerdictStatus status,
            Instant verifiedAt,
            long size,
            List<String> reasons,
            List<String> warnings) {
        boolean missed() {
            return status == null;
        }

        boolean good() {
            return status == VerdictStatus.VERIFIED;
        }
    }
}
