package dev.lifeboat.pgrestore;

import java.util.List;

/**
 * What the comparison of restored tables with the backup found.
 *
 * @param tables compared
 * @param rows in them, as restored
 * @param mismatches one sentence for each table that is not what it must be; empty when all are
 */
public record CheckResult(int tables, long rows, List<String> mismatches) {
    public CheckResult {
        mismatches = List.copyOf(mismatches);
    }

    /** Whether every table holds what it must. */
    public boolean passed() {
        return mismatches.isEmpty();
    }

    /**
     * @return this, when it passed
     * @throws RestoreException of kind CHECK_FAILED that lists every mismatch, when it did not
     */
    public CheckResult orFail() {
        if (!passed()) {
            throw new RestoreException(
                    RestoreException.Kind.CHECK_FAILED,
                    mismatches.size() + " of " + tables + " tables are not what the backup holds: "
                            + String.join(" ", mismatches),
                    "The restored database was not put in place; restore the next older verified backup.");
        }
        return this;
    }
}
