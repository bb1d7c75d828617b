package dev.lifeboat.local.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.TableFingerprint;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.report.Outcome;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.Section;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The monthly restore beside the live database, and the proof that nothing of the live one was touched. */
final class MonthlyDrill implements Drill {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration END_LIMIT = Duration.ofMinutes(60);

    private final DrillOptions options;
    private final DrillData data;
    private final Console console;
    private final Checks checks;
    private final DrillResult result;

    MonthlyDrill(DrillOptions options, DrillData data, Console console, Checks checks, DrillResult result) {
        this.options = options;
        this.data = data;
        this.console = console;
        this.checks = checks;
        this.result = result;
    }

    @Override
    public void play() {
        IncidentWatch watch = new IncidentWatch(console, options.output().resolve("logs/functions"));
        try (DrillEnvironment environment = DrillEnvironment.start(options, data, watch, console)) {
            Stage stage = new Stage(environment, data, console, checks);
            stage.fill();
            Backups.Backup backup = stage.verifiedBackup();
            DatabaseState before = stage.state();
            Untouched untouched = Untouched.of(environment);
            Instant from = Instant.now();
            environment.cloud().fireSchedule(Names.TARGET + "-dr-drill");
            ExecutionDescription drill =
                    new Recovery(environment, "DrDrillMachine").await(from, START_LIMIT, END_LIMIT);
            stage.checkEnd("the drill's machine ended well", drill);
            judgeConfig(drill);
            Optional<RecoveryReport> report = judgeRecovery(environment, backup, from);
            judgeFailover(environment, drill, report);
            stage.checkState(before);
            stage.checkRows("the live database's rows and fingerprints are as before", backup);
            untouched.compare(Untouched.of(environment), checks);
            stage.checkUnknownRequests();
            result.write(
                    report.orElse(null),
                    List.of(
                            new Section("Checks of the drill", checks.rows()),
                            new Timeline(from, watch.moments()).section()));
        }
    }

    private void judgeConfig(ExecutionDescription drill) {
        JsonNode config = read(drill.output()).path("config");
        checks.check(
                "the backup's configuration would do for every workload",
                config.path("complete").asBoolean(),
                config.path("summary").asText("the drill's machine says nothing of it"));
    }

    /** The application's pods moved off one node and it answered all the while; the node takes pods again. */
    private void judgeFailover(
            DrillEnvironment environment, ExecutionDescription drill, Optional<RecoveryReport> report) {
        JsonNode output = read(drill.output());
        JsonNode failover = output.path("failover");
        checks.check(
                "the pods of one node moved, and the application answered throughout",
                failover.path("done").asBoolean()
                        && failover.path("asked").asInt() > 0
                        && failover.path("failed").asInt(1) == 0,
                "node " + output.path("node").asText() + ": " + failover);
        checks.check(
                "the report says how long the application did not answer",
                report.stream()
                        .flatMap(found -> found.sections().stream())
                        .filter(section -> section.title().equals("Failover test"))
                        .flatMap(section -> section.rows().stream())
                        .anyMatch(row -> row.name().equals("Longest gap")),
                report.map(found -> found.sections().stream()
                                .map(Section::title)
                                .toList()
                                .toString())
                        .orElse("no report"));
        List<String> cordoned = environment.kubernetes().list(Node.class, "").stream()
                .filter(node -> Boolean.TRUE.equals(node.getSpec().getUnschedulable()))
                .map(node -> node.getMetadata().getName())
                .toList();
        checks.same("every node takes pods again", String.join(", ", cordoned), "none is cordoned");
    }

    private static JsonNode read(String json) {
        try {
            return Json.mapper().readTree(json == null ? "{}" : json);
        } catch (IOException e) {
            throw new DrillFailure("The drill's output is no JSON: " + e.getMessage(), e);
        }
    }

    private Optional<RecoveryReport> judgeRecovery(DrillEnvironment environment, Backups.Backup backup, Instant from) {
        Recovery recovery = new Recovery(environment, "RecoverDatabaseMachine");
        List<ExecutionDescription> executions = recovery.since(from);
        checks.check(
                "it ran the recovery machine itself, once", executions.size() == 1, executions.size() + " executions");
        Optional<RecoveryReport> report = executions.stream().findFirst().flatMap(recovery::report);
        checks.check(
                "the restored database was checked",
                report.filter(found -> found.outcome() == Outcome.RECOVERED
                                && found.restore().backup() != null
                                && found.restore().backup().backupId().equals(backup.id())
                                && found.restore().check() != null
                                && found.restore().check().mismatches().isEmpty())
                        .isPresent(),
                report.map(found -> found.outcome() + ", " + found.restore().check())
                        .orElse("no report"));
        long told = environment.cloud().notifications().stream()
                .filter(notification -> notification.at().isAfter(from))
                .count();
        checks.check("people were told", told > 0, told + " notifications");
        return report;
    }

    /**
     * What a drill may not change, besides the database's own content.
     *
     * @param databases names and OIDs
     * @param pods names, UIDs and restarts, of all but the applications
     * @param deployments generations
     * @param dns the records
     * @param tables the live tables
     */
    private record Untouched(
            List<String> databases,
            List<String> pods,
            List<String> deployments,
            List<String> dns,
            List<TableFingerprint> tables) {
        static Untouched of(DrillEnvironment environment) {
            try {
                return new Untouched(
                        environment
                                .database()
                                .rows("postgres", "SELECT datname, oid FROM pg_database ORDER BY datname"),
                        environment.kubernetes().list(Pod.class, Names.NAMESPACE).stream()
                                .filter(pod -> !pod.getMetadata().getLabels().containsKey("job-name"))
                                // The failover test moves them.
                                .filter(pod -> !pod.getMetadata().getLabels().containsKey("pod-template-hash"))
                                .map(pod -> pod.getMetadata().getName() + " "
                                        + pod.getMetadata().getUid() + " "
                                        + pod.getStatus()
                                                .getContainerStatuses()
                                                .get(0)
                                                .getRestartCount())
                                .toList(),
                        environment.kubernetes().list(Deployment.class, Names.NAMESPACE).stream()
                                .map(deployment -> deployment.getMetadata().getName() + " "
                                        + deployment.getMetadata().getGeneration())
                                .toList(),
                        Stream.of(Names.APP_HOST, Names.API_HOST)
                                .flatMap(host -> environment.cloudflare().records(host).stream())
                                .map(Object::toString)
                                .toList(),
                        Fingerprints.all(environment.database(), Names.DATABASE));
            } catch (SQLException | IOException e) {
                throw new DrillFailure("Cannot look at what the drill may not touch: " + e.getMessage(), e);
            }
        }

        void compare(Untouched after, Checks checks) {
            checks.same(
                    "the same databases are there, no scratch database is left",
                    DatabaseState.difference(databases, after.databases),
                    databases.size() + " databases with the same OIDs");
            checks.same(
                    "no pod of the database was touched",
                    DatabaseState.difference(pods, after.pods),
                    pods.size() + " pods");
            checks.same(
                    "no Deployment was touched",
                    DatabaseState.difference(deployments, after.deployments),
                    deployments.size() + " Deployments");
            checks.same("no DNS record was touched", DatabaseState.difference(dns, after.dns), dns.size() + " records");
            checks.same(
                    "every live table is as it was",
                    Fingerprints.difference(tables, after.tables),
                    String.format("%,d rows in %d tables", Fingerprints.rows(tables), tables.size()));
        }
    }
}
