package dev.lifeboat.alarm;

import dev.lifeboat.alarm.AlarmResult.Outcome;
import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.BucketUsage;
import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.lambda.Notifier;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What alarms call for that recovers nothing: it destroys nothing either, and needs no lease. */
final class Errands {
    /** Of the machines, beside the scenarios'. */
    private static final String SETTLE = "settle";

    private static final String VERIFY_BACKUP = "verify-backup";

    /** Of settle.asl.json. */
    private record SettleInput(String alarm, Instant since, boolean follows, long waitSeconds) {}

    /** Of rerun-backup.asl.json. */
    private record RerunInput(String incident, String alarm, Instant at, Target target) {}

    /** Of verify-large-backup.asl.json. */
    private record VerifyInput(String manifestKey, boolean compareWithPrevious) {}

    private final AlarmSettings settings;
    private final Recoveries executions;
    private final BackupCatalogue catalogue;
    private final Supplier<BucketUsage> usage;
    private final Notifier notifier;

    /** @param usage looks at the bucket */
    Errands(
            AlarmSettings settings,
            Recoveries executions,
            BackupCatalogue catalogue,
            Supplier<BucketUsage> usage,
            Notifier notifier) {
        this.settings = settings;
        this.executions = executions;
        this.catalogue = catalogue;
        this.usage = usage;
        this.notifier = notifier;
    }

    AlarmResult run(Scenario scenario, AlarmEvent event) {
        return switch (scenario) {
            case RERUN_BACKUP -> rerunBackup(event);
            case VERIFY_PREVIOUS_BACKUP -> verifyPreviousBackup(event);
            case REPORT_STORAGE -> reportStorage(event);
            case REPORT_REPLICATION_LAG -> reportReplicationLag(event);
            case REPORT_WAL_ARCHIVE -> reportWalArchive(event);
            case CLUSTER, DATABASE, CORRUPTION, APPLICATION ->
                throw new IllegalArgumentException(scenario.text() + " is a recovery");
        };
    }

    /**
     * Has a machine look at the alarm until it rests.
     *
     * @return false when one does so already
     */
    boolean settle(AlarmEvent event) {
        String machine = settings.machine(SETTLE);
        String prefix = Incident.settling(settings.target().name(), event.alarm());
        if (executions.anyRunning(machine, prefix)) {
            return false;
        }
        return settle(event, false, Incident.at(prefix, event.at()));
    }

    /**
     * Has a machine look at an alarm until its recovery, or whichever recovers the target, has ended and the alarm rests. Once for each of its
     * changes, however often it is asked for.
     */
    void follow(AlarmEvent event) {
        String prefix = Incident.following(settings.target().name(), event.alarm());
        settle(event, true, Incident.at(prefix, event.at()));
    }

    private boolean settle(AlarmEvent event, boolean follows, String name) {
        String input = Json.compact(new SettleInput(event.alarm(), event.at(), follows, Settling.REST.toSeconds()));
        return executions.start(settings.machine(SETTLE), name, input).isPresent();
    }

    /** For whoever has to bring data back that are wrong: what they were right in, as far as the alarm tells. */
    String lastGood(AlarmEvent event) {
        String when = "The data were last seen whole before " + event.failedAfter() + ". ";
        return catalogue
                .newestFirst(settings.target().backupOf())
                .filter(each -> each.verified() && each.takenAt().isBefore(event.failedAfter()))
                .findFirst()
                .map(each -> when + "The last verified backup of before is " + each.backupId() + ", taken at "
                        + each.takenAt() + ".")
                .orElseGet(() -> when + "There is NO verified backup of before.");
    }

    private AlarmResult rerunBackup(AlarmEvent event) {
        String prefix = Incident.prefix(Scenario.RERUN_BACKUP, settings.target().name());
        String name = Incident.at(prefix, event.at());
        String machine = settings.machine(Scenario.RERUN_BACKUP.text());
        if (executions.anyRunning(machine, prefix)
                && executions
                        .find(machine, name)
                        .filter(each -> each.state() == Recoveries.State.RUNS)
                        .isEmpty()) {
            return result(Outcome.JOINED, event, name, "A backup is being made already.");
        }
        String input = Json.compact(new RerunInput(name, event.alarm(), event.at(), settings.target()));
        return executions
                .start(machine, name, input)
                .map(arn -> result(Outcome.STARTED, event, arn, "A backup is being made: " + name + "."))
                .orElseGet(
                        () -> result(Outcome.ALREADY_HANDLED, event, name, "A backup was made for this alarm before."));
    }

    private AlarmResult verifyPreviousBackup(AlarmEvent event) {
        Optional<CatalogueEntry> newest = catalogue
                .newestFirst(settings.target().backupOf())
                .filter(each -> each.manifest() != null)
                .findFirst();
        Optional<CatalogueEntry> previous = newest.flatMap(each -> catalogue.verifiedBefore(each.manifest()));
        String seen = newest.map(each -> "The newest backup is " + each.backupId() + " of "
                        + each.manifest().dump().size() + " bytes. ")
                .orElse("There is NO backup of this database. ");
        if (previous.isEmpty()) {
            String message = seen + "There is no verified backup before it.";
            tell(
                    event,
                    "a backup's size is anomalous, and there is NO verified one before it",
                    message
                            + " What to do: make a backup now, and look at the database: docs/runbooks/backup-size-anomaly.md.");
            return result(Outcome.TOLD, event, null, message + " People were told.");
        }
        return verify(event, previous.get(), seen);
    }

    private AlarmResult verify(AlarmEvent event, CatalogueEntry previous, String seen) {
        String backup = previous.backupId();
        String name = Incident.at(
                Incident.prefix(
                        Scenario.VERIFY_PREVIOUS_BACKUP, settings.target().name()),
                event.at());
        String input = Json.compact(new VerifyInput(BucketLayout.manifestKey(backup), true));
        Optional<String> started = executions.start(settings.machine(VERIFY_BACKUP), name, input);
        if (started.isEmpty()) {
            return result(
                    Outcome.ALREADY_HANDLED, event, name, "The backup before was verified for this alarm before.");
        }
        tell(
                event,
                "a backup's size is anomalous",
                seen + "The verified one before it, " + backup + " of "
                        + previous.manifest().dump().size()
                        + " bytes, is being verified again by execution " + started.get()
                        + "; its verdict will lie below s3://" + catalogue.bucket() + "/"
                        + BucketLayout.verdicts(backup)
                        + ", and you hear of it if it is not sound. What to do: docs/runbooks/backup-size-anomaly.md.");
        return result(
                Outcome.STARTED,
                event,
                started.get(),
                "Backup " + backup + " is being verified again; people were told.");
    }

    private AlarmResult reportStorage(AlarmEvent event) {
        BucketUsage found = usage.get();
        String table = found.prefixes().stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "%-24s %10d objects %16d bytes; old versions: %10d, %16d bytes",
                        each.name(),
                        each.objects(),
                        each.bytes(),
                        each.oldVersions(),
                        each.oldBytes()))
                .collect(Collectors.joining("\n"));
        String sum = (found.complete() ? "" : "at least ") + found.totalBytes() + " bytes";
        tell(
                event,
                "the backup bucket is over its quota",
                "Bucket " + catalogue.bucket() + " holds " + sum + ", old versions included"
                        + (found.complete() ? "" : " (it could not be listed to its end in time)") + ":\n\n" + table
                        + "\n\nNothing was deleted. What to do: docs/runbooks/storage-quota.md.");
        return result(Outcome.TOLD, event, null, "The bucket holds " + sum + "; people were told.");
    }

    private AlarmResult reportReplicationLag(AlarmEvent event) {
        tell(
                event,
                "a replica falls behind",
                "Its reason above holds how many bytes of WAL the slowest replication slot has not taken. What it has not taken fills"
                        + " the database's volume. Nothing was changed. What to do: docs/runbooks/replication-lag.md.");
        return result(Outcome.TOLD, event, null, "People were told of the replica's lag.");
    }

    private AlarmResult reportWalArchive(AlarmEvent event) {
        tell(
                event,
                "WAL or base backups do not come into the bucket",
                "WAL that is not archived stays on the database's volume until it is full, which stops the database; none of it is dropped."
                        + " Until it is archived, a lost volume loses it. Nothing was changed. What to do: docs/runbooks/wal-archive.md.");
        return result(
                Outcome.TOLD, event, null, "People were told that WAL or base backups do not come into the bucket.");
    }

    private void tell(AlarmEvent event, String what, String message) {
        notifier.tell(
                "Lifeboat: " + settings.target().name() + ": " + what,
                "Alarm " + event.alarm() + " went off at " + event.at() + ": " + event.reason() + "\n\n" + message
                        + "\n");
    }

    private static AlarmResult result(Outcome outcome, AlarmEvent event, String execution, String message) {
        return new AlarmResult(outcome, event.alarm(), null, execution, message);
    }
}
