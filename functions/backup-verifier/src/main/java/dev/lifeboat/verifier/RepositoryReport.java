package dev.lifeboat.verifier;

import dev.lifeboat.aws.pgbackrest.RepositoryProblem;
import dev.lifeboat.contract.backup.VerdictStatus;
import java.time.Instant;
import java.util.List;

/**
 * What an integrity check found in the repository of WAL and base backups.
 *
 * @param status verified when every part was read and nothing is wrong with any; a part that was missed is unverifiable
 * @param segments of WAL
 * @param baseBackups finished ones
 * @param bytes that were read, decompressed
 * @param oldest what can be recovered from at the earliest; null when there is no base backup
 * @param newest when the newest segment of WAL arrived; null when there is none
 * @param problems what is wrong, by name; those of parts that were missed as well
 * @param warnings what is no fault of a backup, but should be known
 */
record RepositoryReport(
        VerdictStatus status,
        int segments,
        int baseBackups,
        long bytes,
        Instant oldest,
        Instant newest,
        List<RepositoryProblem> problems,
        List<String> warnings) {
    boolean good() {
        return status == VerdictStatus.VERIFIED;
    }
}
