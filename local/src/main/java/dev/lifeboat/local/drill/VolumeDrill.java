package dev.lifeboat.local.drill;

import dev.lifeboat.local.alarms.AlarmState;
import dev.lifeboat.local.kubernetes.EmbeddedKubernetes;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.states.ExecutionStatus;
import dev.lifeboat.report.Component;
import dev.lifeboat.report.Outcome;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.Section;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lost volume, or the lost directory on it: an application writes, WAL is archived, PostgreSQL dies with its files, and what was archived
 * last is recovered beside it and takes its place, or is recovered in place. What was lost is counted from the rows themselves.
 */
final class VolumeDrill implements Drill {
    private static final Duration HEALTHY_LIMIT = Duration.ofMinutes(5);
    private static final Duration BASE_BACKUP_LIMIT = Duration.ofMinutes(10);
    private static final Duration ALARM_LIMIT = Duration.ofMinutes(10);
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(60);
    /** Longer than archive_timeout: the archive is then as far behind as it is on any other day. */
    private static final Duration WRITES = Duration.ofSeconds(75);

    private static final Duration MOST_LOST = Duration.ofSeconds(60);
    private static final String REPOSITORY = "pgbackrest/";

    private final DrillOptions options;
    private final DrillData data;
    private final Console console;
    private final Checks checks;
    private final DrillResult result;
    private final IncidentWatch watch;

    VolumeDrill(DrillOptions options, DrillData data, Console console, Checks checks, DrillResult result) {
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
            stage.verifiedBackup();
            new WalArchive(environment, console).awaitBaseBackup(BASE_BACKUP_LIMIT);
            startWatching(environment);
            Instant disaster;
            List<Instant> commits;
            try (Writer writer = new Writer(environment.database(), data.writeStatement())) {
                keepWriting(writer);
                disaster = strike(environment);
                commits = writer.commits().stream()
                        .filter(commit -> !commit.isAfter(disaster))
                        .toList();
            }
            ExecutionDescription execution = options.killEverywhere()
                    ? new InSpiteOfKills(environment, watch, checks, "RecoverDatabaseMachine")
                            .await(
                                    List.of("RecoverPointInTimeMachine"),
                                    disaster,
                                    ALARM_LIMIT,
                                    RECOVERY_LIMIT,
                                    List.of("AcquireLease", "CreateBeside", "Promote", "TakeOver"))
                    : new Recovery(environment, "RecoverDatabaseMachine").await(disaster, ALARM_LIMIT, RECOVERY_LIMIT);
            judge(environment, stage, before, disaster, commits, execution);
        }
    }

    private void startWatching(DrillEnvironment environment) {
        console.running("waiting for the probe and the alarm to say OK");
        environment.cloud().enableSchedule(Names.TARGET + "-probe", true);
        Waiting.until("the probe to answer", HEALTHY_LIMIT, () -> watch.answers("Probe") > 0);
        environment.cloud().evaluateAlarms(true);
        Waiting.until(
                "alarm " + Names.ALARM + " to be OK", HEALTHY_LIMIT, () -> watch.alarm(Names.ALARM) == AlarmState.OK);
        console.running("");
    }

    private void keepWriting(Writer writer) {
        console.running("the application keeps writing");
        Instant enough = Instant.now().plus(WRITES);
        Waiting.until(
                "writes",
                HEALTHY_LIMIT,
                () -> Instant.now().isAfter(enough) && !writer.commits().isEmpty());
        console.running("");
        console.say(writer.commits().size() + " writes were acknowledged so far");
    }

    private Instant strike(DrillEnvironment environment) {
        Instant at = Instant.now();
        boolean directory = options.scenario() == DrillOptions.Scenario.DIRECTORY;
        watch.note("DISASTER: PostgreSQL is killed with SIGKILL and its " + (directory ? "directory" : "volume")
                + " removed");
        EmbeddedKubernetes kubernetes = environment.kubernetes();
        kubernetes.kill(Names.NAMESPACE, Names.POSTGRES_POD, () -> {
            if (directory) {
                kubernetes.destroyDirectory(Names.NAMESPACE, Names.POSTGRES_CLAIM, "pgdata");
            } else {
                kubernetes.destroyClaim(Names.NAMESPACE, Names.POSTGRES_CLAIM);
            }
        });
        console.running("waiting for the probe and the alarm to notice");
        return at;
    }

    private static Path volume(DrillEnvironment environment) {
        return environment.kubernetes().volume(Names.NAMESPACE, Names.POSTGRES_CLAIM);
    }

    private void judge(
            DrillEnvironment environment,
            Stage stage,
            DatabaseState before,
            Instant disaster,
            List<Instant> commits,
            ExecutionDescription execution) {
        Recovery recovery = new Recovery(environment, "RecoverDatabaseMachine");
        stage.checkEnd("the state machine ended well", execution);
        Optional<RecoveryReport> report = recovery.report(execution);
        checks.check(
                "what was lost is recovered",
                report.filter(found -> found.outcome() == Outcome.RECOVERED
                                // Who is stopped after the take-over finds the database well.
                                || (options.killEverywhere() && found.outcome() == Outcome.NOT_NEEDED))
                        .isPresent(),
                report.map(found -> found.outcome() + (found.failure() == null ? "" : ": " + found.failure()))
                        .orElse("no report"));
        List<ExecutionDescription> points = new Recovery(environment, "RecoverPointInTimeMachine").since(disaster);
        checks.check(
                "it came back by point in time",
                options.killEverywhere()
                        ? !points.isEmpty()
                        : points.size() == 1 && points.get(0).status() == ExecutionStatus.SUCCEEDED,
                points.stream()
                        .map(each -> each.name() + " " + each.status())
                        .toList()
                        .toString());
        judgeRows(environment, disaster, commits);
        stage.checkState(before);
        if (options.inPlace()) {
            judgeInPlace(environment);
        } else {
            judgeInstances(environment);
        }
        judgeArchive(environment);
        report.map(RecoveryReport::measures)
                .map(measures -> measures.recoveredAt())
                .ifPresent(recovered -> {
                    Duration rto = Duration.between(disaster, recovered);
                    checks.check(
                            "RTO, from the kill to the last repairing step",
                            rto.compareTo(Component.SYSTEM.limit()) <= 0,
                            seconds(rto) + " of " + Component.SYSTEM.limit().toSeconds() + " s");
                });
        stage.checkHealth();
        stage.checkDns();
        stage.checkUnknownRequests();
        Timeline timeline = new Timeline(disaster, watch.moments());
        result.write(
                report.orElse(null), List.of(new Section("Checks of the drill", checks.rows()), timeline.section()));
        console.print("\n" + timeline.text() + "\n");
        report.ifPresent(found -> console.print(Timeline.budgets(found)));
    }

    /** Every acknowledged write up to a moment is there, and that moment is less than a minute before the disaster. */
    private void judgeRows(DrillEnvironment environment, Instant disaster, List<Instant> commits) {
        String name = "RPO, from the newest recovered row to the kill";
        try {
            String row = environment
                    .database()
                    .rows(Names.DATABASE, data.countWrites().replace("count(*)", "count(*), max(created_at)"))
                    .get(0);
            int kept = Integer.parseInt(row.substring(0, row.indexOf(" | ")));
            Instant newest = OffsetDateTime.parse(row.substring(row.indexOf(" | ") + 3)
                            .replace(' ', 'T')
                            .replaceFirst("([+-]\\d\\d)$", "$1:00"))
                    .toInstant();
            long expected =
                    commits.stream().filter(commit -> !commit.isAfter(newest)).count();
            checks.check(
                    "every write that was acknowledged up to then is there",
                    kept == expected,
                    kept + " rows, " + expected + " acknowledged; " + (commits.size() - kept) + " of " + commits.size()
                            + " lost");
            Duration rpo = Duration.between(newest, disaster);
            checks.check(name, rpo.compareTo(MOST_LOST) < 0, seconds(rpo) + " of " + MOST_LOST.toSeconds() + " s");
        } catch (SQLException | RuntimeException e) {
            checks.check(name, false, String.valueOf(e.getMessage()));
        }
    }

    private void judgeInstances(DrillEnvironment environment) {
        Map<String, String> selector = environment
                .kubernetes()
                .find(Service.class, Names.NAMESPACE, Names.POSTGRES_SERVICE)
                .orElseThrow()
                .getSpec()
                .getSelector();
        checks.check(
                "the Service leads to the recovered instance",
                selector.getOrDefault("lifeboat.dev/instance", "").startsWith("postgres-pit-"),
                selector.toString());
        StatefulSet old = environment
                .kubernetes()
                .find(StatefulSet.class, Names.NAMESPACE, "postgres")
                .orElseThrow();
        checks.check(
                "the instance before is kept, and does not run",
                old.getSpec().getReplicas() == 0
                        && old.getMetadata().getLabels().containsKey("lifeboat.dev/quarantine"),
                old.getSpec().getReplicas() + " replicas, " + old.getMetadata().getLabels());
    }

    /** There is one instance, where it was, with what it found kept beside it. */
    private void judgeInPlace(DrillEnvironment environment) {
        List<StatefulSet> instances = environment.kubernetes().list(StatefulSet.class, Names.NAMESPACE);
        checks.check(
                "it is the instance that it was",
                instances.size() == 1
                        && instances.get(0).getMetadata().getName().equals("postgres")
                        && instances.get(0).getSpec().getReplicas() == 1,
                instances.stream()
                        .map(each -> each.getMetadata().getName())
                        .toList()
                        .toString());
        List<String> settings = instances.get(0).getSpec().getTemplate().getSpec().getContainers().stream()
                .flatMap(container -> container.getEnv().stream())
                .map(EnvVar::getName)
                .filter(name -> name.startsWith("RESTORE_"))
                .toList();
        checks.check("its next pod restores nothing", settings.isEmpty(), settings.toString());
        List<String> kept;
        try (Stream<Path> files = Files.list(volume(environment))) {
            kept = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("pgdata."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        checks.check(
                "what it found is kept on the volume",
                kept.size() == 1 && kept.get(0).startsWith("pgdata.before-"),
                kept.toString());
    }

    private void judgeArchive(DrillEnvironment environment) {
        List<String> archived = environment.bucket().keys(REPOSITORY + "archive/lifeboat/15-1/").stream()
                .map(key -> key.substring(key.lastIndexOf('/') + 1))
                .filter(key -> !key.startsWith("00000001"))
                .toList();
        checks.check(
                "the new timeline is archived from its first segment on",
                archived.stream().anyMatch(key -> key.startsWith("00000002.history"))
                        && archived.stream().anyMatch(key -> key.matches("00000002[0-9A-F]{16}-.*")),
                archived.toString());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
