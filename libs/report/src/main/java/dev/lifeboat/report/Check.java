package dev.lifeboat.report;

import dev.lifeboat.contract.Require;
import java.util.List;

/**
 * The comparison of what was restored with what the backup holds.
 *
 * @param tables how many were compared, by rows and fingerprint
 * @param rows how many they hold
 * @param mismatches tables that differ, one sentence each; empty when all are the same
 */
public record Check(int tables, long rows, List<String> mismatches) {
    public Check {
        mismatches = Require.listOrEmpty(mismatches);
    }
}
