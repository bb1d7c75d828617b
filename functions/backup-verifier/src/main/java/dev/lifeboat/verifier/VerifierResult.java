package dev.lifeboat.verifier;

import dev.lifeboat.contract.backup.VerdictStatus;
import java.util.List;

/**
 * What the verifier did with an event.
 *
 * @param verdicts one for each manifest
 * @param ignored the objects that are no manifests, and why nothing was done
 */
record VerifierResult(List<Summary> verdicts, List<Ignored> ignored) {
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
     * An object that was passed over.
     *
     * @param key the object's key
     * @param reason why
     */
    record Ignored(String key, String reason) {}

    VerifierResult {
        verdicts = List.copyOf(verdicts);
        ignored = List.copyOf(ignored);
    }
}
