package dev.lifeboat.verifier;

import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.TableFingerprint;
import dev.lifeboat.contract.backup.Verdict;
import java.util.Optional;

/**
 * Finds a backup that is whole and still not what anybody wants back: a dump of the wrong or an emptied database. What it
 * finds makes a backup suspicious, never corrupt; a person can accept it.
 */
final class PlausibilityCheck {
    /** A dump that shrank to less than this part of the one before it is suspicious. */
    private static final double LEAST_PART = 0.5;
    /** Below this, sizes and rows say nothing: a database that is just being set up. */
    private static final long LEAST_ROWS = 100;

    private final BackupCatalogue catalogue;

    PlausibilityCheck(BackupCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    void check(BackupManifest manifest, Findings findings) {
        if (findings.tables().isEmpty()) {
            findings.suspicious("The dump holds no table at all.");
        }
        Optional<CatalogueEntry> before = catalogue.verifiedBefore(manifest);
        before.ifPresent(previous -> compare(previous, findings));
    }

    private static void compare(CatalogueEntry previous, Findings findings) {
        Verdict verdict = previous.verdict();
        long rows = verdict.tables().stream().mapToLong(TableFingerprint::rows).sum();
        if (rows < LEAST_ROWS) {
            return;
        }
        if (findings.rows() < rows * LEAST_PART) {
            findings.suspicious("The dump holds " + findings.rows() + " rows, less than half of the " + rows
                    + " in the verified backup before it, " + previous.backupId() + ".");
        }
        if (findings.size() < verdict.size() * LEAST_PART) {
            findings.suspicious("The dump has " + findings.size() + " bytes, less than half of the " + verdict.size()
                    + " of the verified backup before it, " + previous.backupId() + ".");
        }
    }
}
