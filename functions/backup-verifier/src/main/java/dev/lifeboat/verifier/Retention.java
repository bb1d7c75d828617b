package dev.lifeboat.verifier;

import dev.lifeboat.aws.BackupExpiry;
import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.contract.error.MisconfiguredException;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Tags the backups that a policy lets go; the bucket's lifecycle deletes them a day later, and their versions after 30 days more. */
final class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);

    private final RetentionPolicy policy;
    private final BackupExpiry expiry;

    Retention(RetentionPolicy policy, BackupExpiry expiry) {
        this.policy = policy;
        this.expiry = expiry;
    }

    /**
     * What was done.
     *
     * @param expired backups that are tagged for deletion from now on
     * @param keptThoughOld backups that are older than the policy asks for, and stay
     * @param problem why nothing, or not all, could be tagged; null when it could
     */
    record Outcome(int expired, int keptThoughOld, String problem) {}

    /** As {@link RetentionPolicy#decide}. */
    Outcome apply(List<CatalogueEntry> backups, Instant checkedSince, Instant now) {
        RetentionPolicy.Decision decision = policy.decide(backups, checkedSince, now);
        try {
            // One that was tagged while more were verified than today is taken back.
            expiry.unmark(decision.kept().stream().filter(BackupExpiry::isWhole).toList());
            int expired = expiry.mark(decision.expired());
            LOG.infof(
                    "%d backups expired, %d are kept though old",
                    expired, decision.kept().size());
            return new Outcome(expired, decision.kept().size(), null);
        } catch (MisconfiguredException e) {
            // The check's result is worth more than tidiness: it is told all the same.
            return new Outcome(0, decision.kept().size(), e.getMessage());
        }
    }
}
