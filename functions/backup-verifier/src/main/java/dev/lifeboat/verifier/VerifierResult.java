package dev.lifeboat.verifier;

import dev.lifeboat.contract.backup.VerdictStatus;
import java.util.List;

/**
 * What the verifier did with an event.
 *
 * @param verdicts one for each manifest
 * @param large the backups that are too large for one function: the machine makes their verdicts
 * @param ignored the objects that are no manifests, and why nothing was done
 */
record VerifierResult(List<Summary> verdicts, List<Large> large, List<Ignored> ignored) {
    /**
     * A verdict, in short.
     *
     * @param backupId the backup
     * @param status how it ended
     * @param verdictKey where the whole verdict lies
     * @param reasons at most three of them
     */
    record Summary(String backupId, VerdictStatus status, String verdictKey, List<String> reasons) {}

    /**
     * A backup for the machine.
     *
     * @param manifestKey the manifest's key
     * @param size of the dump, in bytes
     * @param execution the machine's that was started for it; null when none was, because the caller starts it or it was started before
     */
    record Large(String manifestKey, long size, String execution) {}

    /**
     * An object that was passed over.
     *
     * @param key the object's key
     * @param reason why
     */
    record Ignored(String key, String reason) {}

    VerifierResult {
        verdicts = List.copyOf(verdicts);
        large = List.copyOf(large);
        ignored = List.copyOf(ignored);
    }
}
