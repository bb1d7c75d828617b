package dev.lifeboat.verifier;

import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.aws.pgbackrest.RepositoryProblem;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.lambda.EmbeddedMetrics;
import dev.lifeboat.lambda.EmbeddedMetrics.Unit;
import dev.lifeboat.lambda.Notifier;
import dev.lifeboat.verifier.IntegrityReport.CheckedBackup;
import dev.lifeboat.verifier.IntegrityReport.Counts;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Sums up an integrity check: the verdicts since it began against the backups in the bucket. */
final class IntegrityAudit {
    /** In a notification; the report names them all. */
    private static final int MOST_NAMED = 20;

    private final BackupCatalogue catalogue;
    private final Retention retention;
    private final RepositorySummary repositories;
    private final Notifier notifier;
    private final Supplier<EmbeddedMetrics> metrics;
    private final Clock clock;

    IntegrityAudit(
            BackupCatalogue catalogue,
            Retention retention,
            RepositorySummary repositories,
            Notifier notifier,
            Supplier<EmbeddedMetrics> metrics,
            Clock clock) {
        this.catalogue = catalogue;
        this.retention = retention;
        this.repositories = repositories;
        this.notifier = notifier;
        this.metrics = metrics;
        this.clock = clock;
    }

    AuditResult summarise(SummariseRequest request) {
        List<CatalogueEntry> found = catalogue.newestFirst().toList();
        List<CheckedBackup> backups = found.stream()
                .map(entry -> checked(entry, request.startedAt()))
                .filter(Objects::nonNull)
                .toList();
        Instant now = clock.instant();
        Retention.Outcome retained = retention.apply(found, request.startedAt(), now);
        RepositoryReport repository = repositories.of(request.run()).orElse(null);
        IntegrityReport report = new IntegrityReport(
                1,
                request.run(),
                catalogue.bucket(),
                request.startedAt(),
                now,
                counts(backups),
                retained,
                backups,
                repository);
        String key = catalogue.putReport(BucketLayout.integrity(request.run(), "report.json"), report);
        measure(report);
        if (report.counts().backups() == 0
                || report.counts().verified() < report.counts().backups()
                || retained.problem() != null
                || !repositoryIsGood(report)
                || !newestWithWarnings(report).isEmpty()) {
            notifier.tell(subject(report), message(report, key));
        }
        return new AuditResult(report.counts(), retained, repository == null ? null : repository.status(), key);
    }

    private static boolean repositoryIsGood(IntegrityReport report) {
        return report.repository() == null || report.repository().good();
    }

    /** Null for a backup that came while the check was running: it is verified on arrival, not by the check. */
    private static CheckedBackup checked(CatalogueEntry entry, Instant startedAt) {
        Verdict verdict = entry.verdict();
        String database = entry.manifest() == null ? null : entry.manifest().database();
        if (verdict != null && !verdict.verifiedAt().isBefore(startedAt)) {
            return new CheckedBackup(
                    entry.backupId(),
                    database,
                    entry.takenAt(),
                    verdict.status(),
                    verdict.verifiedAt(),
                    verdict.size(),
                    verdict.reasons(),
                    verdict.warnings());
        }
        if (entry.stored() != null && entry.stored().storedAt().isAfter(startedAt)) {
            return null;
        }
        String reason = entry.unusable() != null ? entry.unusable() : "The check came to no verdict on it.";
        return new CheckedBackup(
                entry.backupId(), database, entry.takenAt(), null, null, 0, List.of(reason), List.of());
    }

    /**
     * The newest verified backup of each database, where there is something to know of it. Of older ones the report tells: what was
     * amiss with them and is no more needs nobody.
     */
    private static List<CheckedBackup> newestWithWarnings(IntegrityReport report) {
        Map<String, CheckedBackup> newest = new LinkedHashMap<>();
        report.backups().stream()
                .filter(CheckedBackup::good)
                .forEach(backup -> newest.putIfAbsent(backup.database(), backup));
        return newest.values().stream()
                .filter(backup -> !backup.warnings().isEmpty())
                .toList();
    }

    private static Counts counts(List<CheckedBackup> backups) {
        return new Counts(
                backups.size(),
                count(backups, VerdictStatus.VERIFIED),
                count(backups, VerdictStatus.CORRUPT),
                count(backups, VerdictStatus.SUSPICIOUS),
                count(backups, VerdictStatus.UNVERIFIABLE),
                count(backups, null));
    }

    private static int count(List<CheckedBackup> backups, VerdictStatus status) {
        return (int) backups.stream().filter(b -> b.status() == status).count();
    }

    private void measure(IntegrityReport report) {
        Counts counts = report.counts();
        EmbeddedMetrics measured = metrics.get()
                .dimension("Bucket", catalogue.bucket())
                .metric("IntegrityBackups", counts.backups(), Unit.COUNT)
                .metric("IntegrityVerified", counts.verified(), Unit.COUNT)
                .metric("IntegrityNotVerified", counts.backups() - counts.verified(), Unit.COUNT)
                .metric("IntegrityMissed", counts.missed(), Unit.COUNT)
                .metric("ExpiredBackups", report.retention().expired(), Unit.COUNT);
        if (report.repository() != null) {
            measured.metric("RepositoryVerified", report.repository().good() ? 1 : 0, Unit.COUNT)
                    .metric("RepositoryProblems", report.repository().problems().size(), Unit.COUNT);
        }
        measured.write();
    }

    private static String subject(IntegrityReport report) {
        Counts counts = report.counts();
        if (counts.backups() > 0 && counts.verified() == counts.backups()) {
            if (!repositoryIsGood(report)) {
                return "Lifeboat: the WAL archive or a base backup is "
                        + Words.of(report.repository().status());
            }
            return report.retention().problem() != null
                    ? "Lifeboat: expired backups cannot be tagged"
                    : "Lifeboat: the newest backup lacks something";
        }
        return counts.backups() == 0
                ? "Lifeboat: the integrity check found no backup at all"
                : "Lifeboat: " + (counts.backups() - counts.verified()) + " of " + counts.backups()
                        + " backups are not verified";
    }

    private static String message(IntegrityReport report, String key) {
        Counts counts = report.counts();
        List<CheckedBackup> bad =
                report.backups().stream().filter(b -> !b.good()).toList();
        String named = bad.stream()
                .limit(MOST_NAMED)
                .map(b -> "- " + b.backupId() + ": " + (b.missed() ? "missed" : Words.of(b.status())) + ": "
                        + String.join(" ", b.reasons()))
                .collect(Collectors.joining("\n"));
        return "The integrity check " + report.run() + " looked at every backup in " + report.bucket() + ": "
                + counts.verified() + " verified, " + counts.corrupt() + " corrupt, " + counts.suspicious()
                + " suspicious, "
                + counts.unverifiable() + " unverifiable, " + counts.missed() + " missed.\n\n" + named
                + (bad.size() > MOST_NAMED ? "\n- and " + (bad.size() - MOST_NAMED) + " more" : "")
                + warnings(report)
                + repository(report)
                + "\n\n" + retained(report.retention())
                + "\n\nReport: s3://" + report.bucket() + "/" + key
                + "\n\nWhat to do:\n" + advice(report) + "\n";
    }

    private static String warnings(IntegrityReport report) {
        return newestWithWarnings(report).stream()
                .map(b -> "\n\nThe newest verified backup of " + b.database() + ", " + b.backupId() + ": "
                        + String.join(" ", b.warnings()))
                .collect(Collectors.joining());
    }

    private static String repository(IntegrityReport report) {
        RepositoryReport repository = report.repository();
        if (repository == null) {
            return "";
        }
        List<RepositoryProblem> problems = repository.problems();
        String named = problems.stream()
                .limit(MOST_NAMED)
                .map(problem -> "\n- " + problem.subject() + ": "
                        + problem.kind().name().toLowerCase(Locale.ROOT) + ": " + problem.reason())
                .collect(Collectors.joining());
        return "\n\nWAL and base backups: " + Words.of(repository.status()) + ": " + repository.segments()
                + " segments, " + repository.baseBackups() + " base backups, the oldest of " + repository.oldest()
                + ", the newest WAL of " + repository.newest() + "." + named
                + (problems.size() > MOST_NAMED ? "\n- and " + (problems.size() - MOST_NAMED) + " more" : "")
                + repository.warnings().stream().map(each -> "\n- " + each).collect(Collectors.joining());
    }

    private static String retained(Retention.Outcome retention) {
        return retention.expired() + " old backups were tagged for deletion, " + retention.keptThoughOld()
                + " are kept though they are old."
                + (retention.problem() == null ? "" : " NOT all could be tagged: " + retention.problem());
    }

    private static String advice(IntegrityReport report) {
        boolean any = report.counts().verified() > 0;
        return (any
                        ? "Verified backups are left, the newest of "
                                + report.backups().stream()
                                        .filter(CheckedBackup::good)
                                        .findFirst()
                                        .map(b -> b.takenAt().toString())
                                        .orElseThrow()
                                + "."
                        : "There is NO verified backup left: make one now (kubectl create job --from=cronjob/postgres-backup-recent backup-now).")
                + (repositoryIsGood(report)
                        ? ""
                        : " For WAL and base backups see docs/runbooks/wal-archive.md: a new full base backup makes a gap harmless from then on.")
                + " A missed backup was not looked at: see the failed child executions of the check, and start it again.";
    }
}
