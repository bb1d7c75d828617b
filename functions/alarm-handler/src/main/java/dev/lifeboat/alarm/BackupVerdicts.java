package dev.lifeboat.alarm;

import dev.lifeboat.alarm.AlarmRequest.BackupVerdict;
import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import java.util.List;
import java.util.Optional;

/** Looks what became of a backup that was made again. */
final class BackupVerdicts {
    /**
     * What was found.
     *
     * @param found whether there is a verdict on such a backup
     * @param verified whether the verdict is good
     * @param backupId null when there is no such backup
     * @param reasons the verdict's; empty when it is good, or when there is none yet
     */
    record Answer(boolean found, boolean verified, String backupId, List<String> reasons) {
        Answer {
            reasons = List.copyOf(reasons);
        }
    }

    private final BackupCatalogue catalogue;

    BackupVerdicts(BackupCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A verified one counts before a newer one that is not, or is not yet. */
    Answer look(BackupVerdict question) {
        List<CatalogueEntry> since = catalogue
                .newestFirst(question.database())
                .takeWhile(each -> !each.takenAt().isBefore(question.since()))
                .toList();
        Optional<CatalogueEntry> best = since.stream()
                .filter(CatalogueEntry::verified)
                .findFirst()
                .or(() -> since.stream().filter(each -> each.verdict() != null).findFirst())
                .or(() -> since.stream().findFirst());
        return best.map(BackupVerdicts::answer).orElse(new Answer(false, false, null, List.of()));
    }

    private static Answer answer(CatalogueEntry entry) {
        Verdict verdict = entry.verdict();
        return new Answer(
                verdict != null,
                verdict != null && verdict.status() == VerdictStatus.VERIFIED,
                entry.backupId(),
                verdict == null ? List.of() : verdict.reasons());
    }
}
