package dev.lifeboat.orchestrator.database;

import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.TableFingerprint;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.error.NoVerifiedBackupException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Chooses the newest backup whose newest verdict is {@code verified} and that this recovery has not tried in vain.
 *
 * <p>A newer backup whose verification has not ended is passed over, and not waited for: nobody can say whether it
 * ever ends, and the backup before it is 30 minutes older at most. The choice says so, and the database that is
 * replaced is kept, so the newer backup can still be looked into afterwards.
 */
final class SelectBackup {
    private static final Logger LOG = Logger.getLogger(SelectBackup.class);
    private static final int MOST_LISTED = 10;

    private final Function<String, Stream<CatalogueEntry>> backups;

    /** @param backups of a database, newest first, each with its newest verdict; read only as far as needed */
    SelectBackup(Function<String, Stream<CatalogueEntry>> backups) {
        this.backups = backups;
    }

    /** @throws NoVerifiedBackupException when none is left, saying of each why not */
    BackupChoice select(RecoveryScope scope, List<RejectedBackup> rejected) {
        Map<String, String> failed = rejected.stream()
                .collect(Collectors.toMap(RejectedBackup::backupId, RejectedBackup::reason, (first, again) -> first));
        List<RejectedBackup> passedOver = new ArrayList<>();
        for (var newestFirst = backups.apply(scope.target().backupOf()).iterator(); newestFirst.hasNext(); ) {
            CatalogueEntry entry = newestFirst.next();
            Optional<String> against = reasonAgainst(entry, failed);
            if (against.isEmpty()) {
                LOG.infof("Backup %s is chosen; %d newer ones are passed over", entry.backupId(), passedOver.size());
                return choice(entry, passedOver);
            }
            passedOver.add(new RejectedBackup(entry.backupId(), against.get()));
        }
        throw none(scope.target().backupOf(), passedOver);
    }

    private static Optional<String> reasonAgainst(CatalogueEntry entry, Map<String, String> failed) {
        if (failed.containsKey(entry.backupId())) {
            return Optional.of("It was tried in vain: " + failed.get(entry.backupId()));
        }
        if (entry.unusable() != null) {
            return Optional.of("Its manifest cannot be read: " + entry.unusable());
        }
        if (entry.verdict() == null) {
            return Optional.of("It has no verdict yet: its verification is under way, or never ran.");
        }
        return entry.verified() ? Optional.empty() : Optional.of(describe(entry.verdict()));
    }

    private static String describe(Verdict verdict) {
        String reasons = verdict.reasons().isEmpty() ? "no reason given" : String.join(" ", verdict.reasons());
        return "Its verdict is " + verdict.status().name().toLowerCase(Locale.ROOT) + ": " + reasons;
    }

    private static BackupChoice choice(CatalogueEntry entry, List<RejectedBackup> passedOver) {
        BackupManifest manifest = entry.manifest();
        return new BackupChoice(
                entry.backupId(),
                manifest.kind(),
                manifest.database(),
                manifest.snapshotAt(),
                entry.verdict().verifiedAt(),
                manifest.dump().key(),
                manifest.dump().versionId(),
                manifest.dump().size(),
                entry.verdict().tables().stream()
                        .mapToLong(TableFingerprint::rows)
                        .sum(),
                passedOver.subList(0, Math.min(passedOver.size(), MOST_LISTED)));
    }

    private static NoVerifiedBackupException none(String database, List<RejectedBackup> passedOver) {
        String why = passedOver.stream()
                .limit(MOST_LISTED)
                .map(backup -> backup.backupId() + " (" + backup.reason() + ")")
                .collect(Collectors.joining("; "));
        return new NoVerifiedBackupException(
                "None of the " + passedOver.size() + " backups of database '" + database + "' can be restored"
                        + (why.isEmpty() ? "." : ": " + why),
                "Look for an older version of a dump in the bucket, or for a copy on the volume (/backups), and restore"
                        + " it with scripts/aws/restore-postgres.sh.");
    }
}
