package dev.lifeboat.verifier;

import dev.lifeboat.aws.BackupExpiry;
import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.backup.BackupKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long backups are kept. Age alone never expires one: its database must have enough newer ones that this very check has read
 * from end to end and found verified.
 *
 * @param recentDays for those of every 30 minutes, 1 or more
 * @param dailyDays for those of every day, 1 or more
 * @param keptVerified how many verified backups of each database stay whatever their age, 2 or more
 */
record RetentionPolicy(int recentDays, int dailyDays, int keptVerified) {
    RetentionPolicy {
        Require.range("recentDays", recentDays, 1, 36_500);
        Require.range("dailyDays", dailyDays, 1, 36_500);
        Require.range("keptVerified", keptVerified, 2, 1_000);
    }

    /**
     * What is to become of the backups that are older than they need be kept; younger ones are in neither list.
     *
     * @param expired to be deleted
     * @param kept all the same, since too few newer ones are verified, or nobody can tell what belongs to it
     */
    record Decision(List<CatalogueEntry> expired, List<CatalogueEntry> kept) {}

    /**
     * @param backups of all databases, newest first
     * @param checkedSince verdicts from before it prove nothing: a dump rots
     * @param now ages count to it
     */
    Decision decide(List<CatalogueEntry> backups, Instant checkedSince, Instant now) {
        Decision decision = new Decision(new ArrayList<>(), new ArrayList<>());
        Map<String, Integer> verified = new HashMap<>();
        for (CatalogueEntry backup : backups) {
            String database = backup.manifest() == null ? "" : backup.manifest().database();
            int newer = verified.getOrDefault(database, 0);
            if (isOld(backup, now)) {
                boolean expires = newer >= keptVerified && BackupExpiry.isWhole(backup);
                (expires ? decision.expired() : decision.kept()).add(backup);
            }
            if (backup.verified() && !backup.verdict().verifiedAt().isBefore(checkedSince)) {
                verified.put(database, newer + 1);
            }
        }
        return decision;
    }

    private boolean isOld(CatalogueEntry backup, Instant now) {
        boolean recent = backup.backupId().startsWith(BackupKind.RECENT.folder() + "/");
        return backup.takenAt().isBefore(now.minus(Duration.ofDays(recent ? recentDays : dailyDays)));
    }
}
