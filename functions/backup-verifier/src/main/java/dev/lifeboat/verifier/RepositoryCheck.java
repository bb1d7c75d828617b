package dev.lifeboat.verifier;

import dev.lifeboat.aws.Journal;
import dev.lifeboat.aws.pgbackrest.ArchivedSegment;
import dev.lifeboat.aws.pgbackrest.BaseBackup;
import dev.lifeboat.aws.pgbackrest.BaseBackupVerification;
import dev.lifeboat.aws.pgbackrest.PgBackRestRepository;
import dev.lifeboat.aws.pgbackrest.PgBackRestVerifyOutput;
import dev.lifeboat.aws.pgbackrest.RepositoryContents;
import dev.lifeboat.aws.pgbackrest.RepositoryProblem;
import dev.lifeboat.aws.pgbackrest.RepositoryProblem.Kind;
import dev.lifeboat.aws.pgbackrest.VerifiedPart;
import dev.lifeboat.aws.pgbackrest.WalArchive;
import dev.lifeboat.aws.pgbackrest.WalGap;
import dev.lifeboat.aws.pgbackrest.WalVerification;
import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.verifier.Verification.TimeLeft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Verifies the repository of WAL and base backups: whether segments are missing from the oldest base backup to the newest one on every
 * timeline, and whether every byte is what the repository's own records say. Each step may run twice; the second writes the same.
 */
final class RepositoryCheck {
    private static final String WHOLE = "repository";
    /** How the pod keeps what pgbackrest verify has said: images/postgres/base-backups.sh. */
    private static final String VERIFY_ANNOTATION = "lifeboat-verify";

    private final boolean wanted;
    private final Supplier<PgBackRestRepository> repository;
    private final Journal journal;
    private final long partBytes;

    /**
     * @param wanted whether there is to be a repository
     * @param repository asked at each step
     * @param journal where findings go
     * @param partBytes how many bytes of a base backup one step reads at most, where no file is larger
     */
    RepositoryCheck(boolean wanted, Supplier<PgBackRestRepository> repository, Journal journal, long partBytes) {
        this.wanted = wanted;
        this.repository = repository;
        this.journal = journal;
        this.partBytes = partBytes;
    }

    /** What is answered to the machine: the rest lies in the bucket, since a state's output is limited. */
    RepositoryParts plan(RepositoryRequest.Plan request, TimeLeft timeLeft) {
        RepositoryFindings.Plan plan = wanted ? plan(timeLeft) : RepositoryFindings.Plan.unwanted();
        journal.put(RepositoryFindings.planKey(request.run()), plan);
        return new RepositoryParts(plan.parts());
    }

    private RepositoryFindings.Plan plan(TimeLeft timeLeft) {
        try {
            PgBackRestRepository opened = repository.get();
            return plan(opened, opened.read(), timeLeft);
        } catch (BackupUnusableException | MisconfiguredException e) {
            return RepositoryFindings.Plan.unverifiable(WHOLE, withoutHint(e));
        }
    }

    private RepositoryFindings.Plan plan(PgBackRestRepository opened, RepositoryContents contents, TimeLeft timeLeft) {
        List<RepositoryProblem> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        contents.problems().forEach(each -> problems.add(new RepositoryProblem(Kind.CORRUPT, WHOLE, each)));
        List<String> parts = new ArrayList<>();
        for (WalArchive archive : contents.archives()) {
            continuity(archive, contents.backupsOf(archive), problems, warnings);
            parts.addAll(walParts(archive));
        }
        if (contents.backups().isEmpty()) {
            problems.add(new RepositoryProblem(
                    Kind.CORRUPT, WHOLE, "It holds no base backup: nothing can be recovered from its WAL."));
        } else {
            parts.addAll(backupParts(opened, contents.backups(), problems, timeLeft));
        }
        contents.backups().stream()
                .filter(BaseBackup::pageErrors)
                .forEach(backup -> warnings.add("Base backup " + backup.label()
                        + " has pages whose checksums are wrong: they were so in the database when it was made."));
        ownVerification(contents.backups(), problems, warnings);
        return new RepositoryFindings.Plan(
                1,
                true,
                parts,
                contents.archives().stream().mapToInt(RepositoryCheck::segments).sum(),
                contents.backups().size(),
                contents.backups().stream()
                        .map(BaseBackup::stoppedAt)
                        .min(Instant::compareTo)
                        .orElse(null),
                contents.archives().stream()
                        .map(WalArchive::newestArrival)
                        .flatMap(Optional::stream)
                        .max(Instant::compareTo)
                        .orElse(null),
                problems,
                warnings);
    }

    private static int segments(WalArchive archive) {
        return archive.timelines().values().stream()
                .flatMap(timeline -> timeline.values().stream())
                .mapToInt(List::size)
                .sum();
    }

    private static void continuity(
            WalArchive archive, List<BaseBackup> backups, List<RepositoryProblem> problems, List<String> warnings) {
        for (WalGap gap : archive.gaps(backups)) {
            problems.add(new RepositoryProblem(
                    Kind.CORRUPT,
                    gap.toString(),
                    gap.segments() == 1
                            ? "The segment is missing from archive " + archive.id()
                                    + ": no recovery gets beyond it but from a newer base backup."
                            : gap.segments() + " segments are missing from archive " + archive.id()
                                    + ": no recovery gets beyond them but from a newer base backup."));
        }
        for (List<ArchivedSegment> twice : archive.duplicates()) {
            problems.add(new RepositoryProblem(
                    Kind.CORRUPT,
                    twice.get(0).segment().name(),
                    "The segment is there " + twice.size() + " times: "
                            + String.join(
                                    ", ",
                                    twice.stream().map(ArchivedSegment::path).toList()) + "."));
        }
        for (int timeline : archive.withoutHistory()) {
            problems.add(new RepositoryProblem(
                    Kind.CORRUPT,
                    String.format("%08X.history", timeline),
                    "The history file is missing from archive " + archive.id()
                            + ": nobody knows where its timeline comes from."));
        }
        for (int timeline : archive.unreachable(backups)) {
            warnings.add("No base backup leads to timeline " + timeline + " of archive " + archive.id() + ".");
        }
    }

    private static List<String> walParts(WalArchive archive) {
        return archive.timelines().values().stream()
                .flatMap(timeline -> timeline.values().stream())
                .flatMap(List::stream)
                .map(each -> each.segment().name().substring(0, 16))
                .distinct()
                .map(folder -> new RepositoryPart.Wal(archive.id(), archive.systemId(), folder).toString())
                .toList();
    }

    private List<String> backupParts(
            PgBackRestRepository opened,
            List<BaseBackup> backups,
            List<RepositoryProblem> problems,
            TimeLeft timeLeft) {
        BaseBackupVerification verification = new BaseBackupVerification(opened);
        List<String> parts = new ArrayList<>();
        for (BaseBackup backup : backups) {
            try {
                timeLeft.check();
                int count = verification.parts(backup.label(), partBytes);
                for (int number = 0; number < count; number++) {
                    parts.add(new RepositoryPart.Backup(backup.label(), number).toString());
                }
            } catch (BackupUnusableException e) {
                problems.add(new RepositoryProblem(Kind.CORRUPT, backup.label(), withoutHint(e)));
            } catch (OutOfTimeException e) {
                problems.add(new RepositoryProblem(
                        Kind.UNVERIFIABLE,
                        backup.label(),
                        "The function's time did not suffice to read its manifest."));
            }
        }
        return parts;
    }

    /** What pgBackRest itself has found last: another reader's opinion of the same bytes. */
    private static void ownVerification(
            List<BaseBackup> backups, List<RepositoryProblem> problems, List<String> warnings) {
        backups.stream()
                .filter(backup -> backup.annotations().containsKey(VERIFY_ANNOTATION))
                .max(Comparator.comparing(BaseBackup::stoppedAt))
                .ifPresentOrElse(
                        backup -> problems.addAll(PgBackRestVerifyOutput.parse(
                                        backup.annotations().get(VERIFY_ANNOTATION))
                                .problems()),
                        () -> warnings.add(
                                "pgbackrest verify has not been run yet; every byte was read here all the same."));
    }

    /** Verifies a part, and keeps what it came to. */
    RepositoryPartResult verify(RepositoryRequest.VerifyPart request, TimeLeft timeLeft) {
        long start = System.nanoTime();
        VerifiedPart verified = verifyInTime(RepositoryPart.parse(request.part()), timeLeft);
        long millis = (System.nanoTime() - start) / 1_000_000;
        journal.put(
                RepositoryFindings.partKey(request.run(), request.part()),
                new RepositoryFindings.Part(
                        1, request.part(), verified.files(), verified.bytes(), millis, verified.problems()));
        return new RepositoryPartResult(request.part(), verified.problems().size());
    }

    private VerifiedPart verifyInTime(RepositoryPart part, TimeLeft timeLeft) {
        try {
            return verify(part, timeLeft);
        } catch (OutOfTimeException e) {
            return new VerifiedPart(
                    0,
                    0,
                    List.of(new RepositoryProblem(
                            Kind.UNVERIFIABLE, part.toString(), "The function's time did not suffice for all of it.")));
        }
    }

    private VerifiedPart verify(RepositoryPart part, TimeLeft timeLeft) {
        PgBackRestRepository opened = repository.get();
        if (part instanceof RepositoryPart.Wal wal) {
            return new WalVerification(opened, wal.systemId())
                    .verify(opened.segments(wal.archiveId(), wal.folder()), timeLeft::check);
        }
        RepositoryPart.Backup backup = (RepositoryPart.Backup) part;
        return new BaseBackupVerification(opened).verify(backup.label(), backup.number(), partBytes, timeLeft::check);
    }

    private static String withoutHint(LifeboatException e) {
        return e.getMessage().replaceAll("(?s) HINT: .*", "");
    }
}
