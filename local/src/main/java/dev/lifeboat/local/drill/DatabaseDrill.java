package dev.lifeboat.local.drill;

import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.contract.recovery.Mode;
import dev.lifeboat.local.alarms.AlarmState;
import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.aws.Notification;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.report.Component;
import dev.lifeboat.report.Outcome;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.Section;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The lost database: an application writes, a backup is made and verified, PostgreSQL dies with its data directory, and the
 * probe, the alarm, the alarm's handler and the state machine bring it back. Then everything is compared with what was
 * written down before.
 */
final class DatabaseDrill implements Drill {
    private static final Duration HEALTHY_LIMIT = Duration.ofMinutes(5);
    private static final Duration ALARM_LIMIT = Duration.ofMinutes(10);
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(60);
    private static final Duration WRITES_AFTER_BACKUP = Duration.ofSeconds(3);

    private final DrillOptions options;
    private final DrillData data;
    private final Console console;
    private final Checks checks;
    private final DrillResult result;
    private final IncidentWatch watch;

    DatabaseDrill(DrillOptions options, DrillData data, Console console, Checks checks, DrillResult result) {
        this.options = options;
        this.data = data;
        this.console = console;
        this.checks = checks;
        this.result = result;
        this.watch = new IncidentWatch(console, options.output().resolve("logs/functions"));
    }

    @Override
    public void play() {
        try (DrillEnvironment environment = DrillEnvironment.start(options, data, watch, console)) {
            Stage stage = new Stage(environment, data, console, checks);
            stage.fill();
            DatabaseState before = stage.state();
            startWatching(environment.cloud());
            Backups.Backup expected;
            Backups.Backup newest;
            Instant disaster;
            List<Instant> commits;
            try (Writer writer = new Writer(environment.database(), data.writeStatement())) {
                expected = stage.verifiedBackup();
                newest = options.corruptNewest() ? corrupted(environment, stage) : expected;
                keepWriting(writer, newest);
                disaster = strike(environment);
                commits = writer.commits();
            }
            if (options.mode() == Mode.APPROVE) {
                approve(environment, disaster);
            }
            ExecutionDescription execution =
                    new Recovery(environment, "RecoverDatabaseMachine").await(disaster, ALARM_LIMIT, RECOVERY_LIMIT);
            judge(new Outcomes(environment, stage, before, expected, newest, disaster, commits, execution));
        }
    }

    private void startWatching(EmbeddedCloud cloud) {
        console.running("waiting for the probe and the alarm to say OK");
        cloud.enableSchedule(Names.TARGET + "-probe", true);
        Waiting.until("the probe to answer", HEALTHY_LIMIT, () -> watch.answers("Probe") > 0);
        cloud.evaluateAlarms(true);
        Waiting.until(
                "alarm " + Names.ALARM + " to be OK", HEALTHY_LIMIT, () -> watch.alarm(Names.ALARM) == AlarmState.OK);
        console.running("");
    }

    /** A second, newer backup, whose archive rots after it was verified; the weekly check finds out. */
    private Backups.Backup corrupted(DrillEnvironment environment, Stage stage) {
        Waiting.pause();
        Backups.Backup newest = stage.verifiedBackup();
        long at = BitRot.flip(environment.storage(), newest.manifest().dump());
        console.say("flipped one bit of " + newest.manifest().dump().key() + " at byte " + at);
        Instant from = Instant.now();
        environment.cloud().fireSchedule(Names.TARGET + "-integrity-check");
        new Recovery(environment, "IntegrityCheckMachine").await(from, HEALTHY_LIMIT, RECOVERY_LIMIT);
        Optional<Verdict> verdict = stage.backups().latestVerdict(newest.id());
        checks.check(
                "backup " + newest.id() + " with its flipped bit is found to be corrupt",
                verdict.map(Verdict::status)
                        .filter(VerdictStatus.CORRUPT::equals)
                        .isPresent(),
                verdict.map(v -> v.status() + " " + v.reasons()).orElse("no verdict"));
        return newest;
    }

    private void keepWriting(Writer writer, Backups.Backup newest) {
        console.running("the application keeps writing");
        Instant enough = Instant.now().plus(WRITES_AFTER_BACKUP);
        Waiting.until(
                "writes after the backup",
                HEALTHY_LIMIT,
                () -> Instant.now().isAfter(enough)
                        && writer.commits().stream()
                                .anyMatch(commit ->
                                        commit.isAfter(newest.manifest().snapshotAt())));
        console.running("");
        console.say(writer.commits().size() + " writes were acknowledged so far");
    }

    private Instant strike(DrillEnvironment environment) {
        Instant at = Instant.now();
        watch.note("DISASTER: PostgreSQL is killed with SIGKILL and its data directory removed");
        environment
                .kubernetes()
                .kill(
                        Names.NAMESPACE,
                        Names.POSTGRES_POD,
                        () -> environment.kubernetes().destroyClaim(Names.NAMESPACE, Names.POSTGRES_CLAIM));
        console.running("waiting for the probe and the alarm to notice");
        return at;
    }

    private void approve(DrillEnvironment environment, Instant disaster) {
        Notification request = new Approver(environment.cloud()).approve(disaster, ALARM_LIMIT);
        console.running("");
        console.say("approved by the command of the notification");
        checks.check("a person was asked before anything was repaired", true, request.subject());
    }

    /** What there is to judge in the end. */
    private record Outcomes(
            DrillEnvironment environment,
            Stage stage,
            DatabaseState before,
            Backups.Backup expected,
            Backups.Backup newest,
            Instant disaster,
            List<Instant> commits,
            ExecutionDescription execution) {}

    private void judge(Outcomes outcomes) {
        Recovery recovery = new Recovery(outcomes.environment(), "RecoverDatabaseMachine");
        List<ExecutionDescription> executions = recovery.since(outcomes.disaster());
        checks.check("one alarm started one recovery", executions.size() == 1, executions.size() + " executions");
        outcomes.stage().checkEnd("the state machine ended well", outcomes.execution());
        Optional<RecoveryReport> report = recovery.report(outcomes.execution());
        checks.check(
                "the recovery left a report in the bucket",
                report.isPresent(),
                report.map(r -> r.outcome().toString()).orElse("none"));
        report.ifPresent(found -> judgeReport(found, outcomes));
        judgeDatabase(outcomes);
        judgeOutside(outcomes);
        Timeline timeline = new Timeline(outcomes.disaster(), watch.moments());
        result.write(
                report.orElse(null), List.of(new Section("Checks of the drill", checks.rows()), timeline.section()));
        console.print("\n" + timeline.text() + "\n");
        report.ifPresent(found -> console.print(Timeline.budgets(found)));
    }

    private void judgeReport(RecoveryReport report, Outcomes outcomes) {
        checks.check(
                "what was lost is recovered",
                report.outcome() == Outcome.RECOVERED,
                report.outcome() + (report.failure() == null ? "" : ": " + report.failure()));
        String used = report.restore().backup() == null
                ? "none"
                : report.restore().backup().backupId();
        checks.check(
                "the right backup was restored", used.equals(outcomes.expected().id()), used);
        if (options.corruptNewest()) {
            String newest = outcomes.newest().id();
            checks.check(
                    "the report says why the corrupt backup was passed over",
                    report.restore().rejected().stream()
                            .anyMatch(rejected -> rejected.backupId().equals(newest)),
                    report.restore().rejected().toString());
        }
        Instant recovered = report.measures().recoveredAt();
        if (recovered != null) {
            Duration rto = Duration.between(outcomes.disaster(), recovered);
            checks.check(
                    "RTO, from the kill to the last repairing step",
                    rto.compareTo(Component.SYSTEM.limit()) <= 0,
                    seconds(rto) + " of " + Component.SYSTEM.limit().toSeconds() + " s");
        }
        Duration rpo = Duration.between(outcomes.expected().manifest().snapshotAt(), outcomes.disaster());
        checks.check(
                "RPO, from the backup's snapshot to the kill",
                rpo.compareTo(Component.DATA_LOSS.limit()) <= 0,
                seconds(rpo) + " of " + Component.DATA_LOSS.limit().toSeconds() + " s");
    }

    private void judgeDatabase(Outcomes outcomes) {
        outcomes.stage().checkRows("rows and fingerprints equal those at the dump's snapshot", outcomes.expected());
        outcomes.stage().checkState(outcomes.before());
        try {
            long kept = Long.parseLong(outcomes.environment()
                    .database()
                    .rows(Names.DATABASE, data.countWrites())
                    .get(0));
            Instant snapshot = outcomes.expected().manifest().snapshotAt();
            long early = outcomes.commits().stream()
                    .filter(commit -> commit.isBefore(snapshot.minusSeconds(1)))
                    .count();
            long lost = outcomes.commits().size() - kept;
            checks.check(
                    "every commit before the backup's snapshot is there",
                    kept >= early,
                    kept + " of " + outcomes.commits().size() + " acknowledged writes kept, " + lost
                            + " lost since the backup");
        } catch (SQLException e) {
            checks.check("every commit before the backup's snapshot is there", false, e.getMessage());
        }
    }

    private void judgeOutside(Outcomes outcomes) {
        DrillEnvironment environment = outcomes.environment();
        outcomes.stage().checkHealth();
        outcomes.stage().checkDns();
        long told = environment.cloud().notifications().stream()
                .filter(notification -> notification.at().isAfter(outcomes.disaster()))
                .count();
        checks.check("people were told", told > 0, told + " notifications after the disaster");
        outcomes.stage().checkUnknownRequests();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
