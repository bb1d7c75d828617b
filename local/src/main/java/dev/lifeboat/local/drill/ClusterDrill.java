package dev.lifeboat.local.drill;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.TableFingerprint;
import dev.lifeboat.local.alarms.AlarmState;
import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.kubernetes.EmbeddedKubernetes;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.report.Component;
import dev.lifeboat.report.Outcome;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.Section;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A lost cluster: an application runs in a cluster that the stacks of config/cloudformation have made; it, or a part of it, is lost; and the
 * probe, the alarm, its handler and the state machine build the next generation beside it, bring the data back, take the old one out of use and
 * lead DNS to the new one.
 */
final class ClusterDrill implements Drill {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration ALARM_LIMIT = Duration.ofMinutes(10);
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(60);
    private static final Duration WRITES_AFTER_BACKUP = Duration.ofSeconds(3);
    private static final String ALARM = Names.TARGET + "-cluster-unreachable";
    private static final String NEXT = OldClusterRetired.SUCCESSOR;
    private static final String MACHINE = "RecoverClusterMachine";
    private static final String API = "api-backend";
    private static final String COMMIT = ":7c1a2b3";

    private final DrillOptions options;
    private final ClusterOptions cluster;
    private final DrillData data;
    private final Console console;
    private final Checks checks;
    private final DrillResult result;
    private final IncidentWatch watch;

    /**
     * What of it is played.
     *
     * @param loss what is lost
     * @param eksSpeed how much faster than in the cloud EKS, CloudFormation and EBS are, 1 or more
     * @param inPlace whether the lost cluster goes first, and the new one gets its name
     * @param retire whether the old cluster's days are over in the end
     */
    record ClusterOptions(ClusterLoss loss, double eksSpeed, boolean inPlace, boolean retire) {
        /** The new cluster's name. */
        String next() {
            return inPlace ? Names.CLUSTER : NEXT;
        }
    }

    ClusterDrill(
            DrillOptions options,
            ClusterOptions cluster,
            DrillData data,
            Console console,
            Checks checks,
            DrillResult result) {
        this.options = options;
        this.cluster = cluster;
        this.data = data;
        this.console = console;
        this.checks = checks;
        this.result = result;
        this.watch = new IncidentWatch(console, options.output().resolve("logs/functions"));
    }

    /**
     * What there is to compare with in the end.
     *
     * @param state roles, owners, grants, settings, schema
     * @param backup the newest verified one
     * @param tables as they were when the cluster was lost
     * @param writes that were acknowledged until then
     * @param images of all Deployments
     * @param disaster when it was lost
     */
    private record Before(
            DatabaseState state,
            Backups.Backup backup,
            List<TableFingerprint> tables,
            int writes,
            Map<String, String> images,
            Instant disaster) {}

    @Override
    public void play() {
        console.say("EKS, CloudFormation and EBS take a " + factor() + "th of their time (--eks-speed)");
        try (DrillEnvironment environment =
                DrillEnvironment.startInCloud(options, data, cluster.eksSpeed(), watch, console)) {
            Stage stage = new Stage(environment, data, console, checks);
            stage.fill();
            deploy(environment);
            startWatching(environment.cloud());
            DatabaseState state = stage.state();
            Backups.Backup backup;
            Writer writer = new Writer(environment.database(), data.writeStatement());
            try (writer) {
                backup = stage.verifiedBackup();
                keepWriting(writer, backup);
            }
            Before before = new Before(
                    state,
                    backup,
                    fingerprints(environment),
                    writer.commits().size(),
                    images(environment.kubernetes()),
                    strike(environment));
            ExecutionDescription execution = options.killEverywhere()
                    ? new InSpiteOfKills(environment, watch, checks, MACHINE)
                            .await(
                                    List.of(),
                                    before.disaster(),
                                    ALARM_LIMIT,
                                    RECOVERY_LIMIT,
                                    cluster.inPlace()
                                            ? List.of(
                                                    "AcquireLease",
                                                    "DeleteOld",
                                                    "CreateStack",
                                                    "SwitchTarget",
                                                    "Report")
                                            : List.of(
                                                    "AcquireLease", "BeginStack", "FenceOld", "SwitchTarget", "Report"))
                    : recover(environment, before.disaster());
            judge(environment, before, execution);
        }
    }

    private String factor() {
        return String.format(Locale.ROOT, "%.0f", cluster.eksSpeed());
    }

    /** As a pipeline does: what runs is in the cluster, and not in k8s/. */
    private void deploy(DrillEnvironment environment) {
        String image = images(environment.kubernetes()).get(API).replaceFirst(":[^:/]*$", "") + COMMIT;
        environment.kubernetes().apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, namespace: %s}
                spec: {template: {spec: {containers: [{name: %s, image: "%s"}]}}}
                """.formatted(API, Names.NAMESPACE, API, image));
        console.running("waiting for " + image);
        Waiting.until("the applications to be healthy", PATIENCE, environment::healthy);
        console.say("deployed " + image);
    }

    private static Map<String, String> images(EmbeddedKubernetes kubernetes) {
        Map<String, String> images = new TreeMap<>();
        for (Deployment deployment : kubernetes.list(Deployment.class, Names.NAMESPACE)) {
            images.put(
                    deployment.getMetadata().getName(),
                    deployment
                            .getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .get(0)
                            .getImage());
        }
        return images;
    }

    private void startWatching(EmbeddedCloud cloud) {
        console.running("waiting for the probe and the alarms to say OK");
        cloud.enableSchedule(Names.TARGET + "-probe", true);
        Waiting.until("the probe to answer", PATIENCE, () -> watch.answers("Probe") > 0);
        cloud.evaluateAlarms(true);
        for (String alarm : List.of(ALARM, Names.ALARM)) {
            Waiting.until("alarm " + alarm + " to be OK", PATIENCE, () -> watch.alarm(alarm) == AlarmState.OK);
        }
        console.running("");
    }

    private void keepWriting(Writer writer, Backups.Backup backup) {
        console.running("the application keeps writing");
        Instant enough = Instant.now().plus(WRITES_AFTER_BACKUP);
        Waiting.until(
                "writes after the backup",
                PATIENCE,
                () -> Instant.now().isAfter(enough)
                        && writer.commits().stream()
                                .anyMatch(commit ->
                                        commit.isAfter(backup.manifest().snapshotAt())));
        console.say(writer.commits().size() + " writes were acknowledged so far");
    }

    private static List<TableFingerprint> fingerprints(DrillEnvironment environment) {
        try {
            return Fingerprints.all(environment.database(), Names.DATABASE);
        } catch (SQLException | IOException e) {
            throw new DrillFailure("Cannot write the rows down: " + e.getMessage(), e);
        }
    }

    private Instant strike(DrillEnvironment environment) {
        Instant at = Instant.now();
        watch.note("DISASTER: " + cluster.loss().words());
        EmbeddedKubernetes lost = environment.kubernetes();
        switch (cluster.loss()) {
            case CONTROL_PLANE -> {
                lost.loseLoadBalancers();
                lost.loseControlPlane();
            }
            case NODES -> lost.loseNodes();
            case EVERYTHING -> {
                environment.cloud().loseCluster(Names.CLUSTER);
                lost.loseLoadBalancers();
                lost.loseNodes();
                lost.loseControlPlane();
                environment
                        .clusters()
                        .storage()
                        .volumes()
                        .forEach(volume -> environment.clusters().storage().deleteVolume(volume.id()));
            }
        }
        console.running("waiting for the probe and the alarm to notice");
        return at;
    }

    private static ExecutionDescription recover(DrillEnvironment environment, Instant disaster) {
        return new Recovery(environment, MACHINE).await(disaster, ALARM_LIMIT, RECOVERY_LIMIT);
    }

    private void judge(DrillEnvironment environment, Before before, ExecutionDescription execution) {
        Recovery recovery = new Recovery(environment, MACHINE);
        if (!options.killEverywhere()) {
            List<ExecutionDescription> executions = recovery.since(before.disaster());
            checks.check("one rebuild was started", executions.size() == 1, executions.size() + " executions");
        }
        new Stage(environment, data, console, checks).checkEnd("the state machine ended well", execution);
        Optional<RecoveryReport> report = recovery.report(execution);
        checks.check(
                "the recovery left a report in the bucket",
                report.isPresent(),
                report.map(found -> found.outcome().toString()).orElse("none"));
        report.ifPresent(found -> judgeReport(found, before));
        if (environment.cloud().clusterStatuses().containsKey(cluster.next())) {
            if (!cluster.inPlace()) {
                judgeOldCluster(environment);
            }
            environment.lookInto(cluster.next());
            judgeNewCluster(environment, before);
            if (cluster.retire()) {
                new OldClusterRetired(environment, watch, console, checks, cluster.loss()).play();
                new Stage(environment, data, console, checks).checkUnknownRequests();
            }
        } else {
            checks.check(
                    "the next generation is there",
                    false,
                    environment.cloud().clusterStatuses().toString());
        }
        Timeline timeline = new Timeline(before.disaster(), watch.moments());
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("Checks of the drill", checks.rows()));
        report.ifPresent(found -> {
            sections.add(hurry(found, before.disaster()));
            sections.add(timeline.sideBySide(found));
        });
        sections.add(timeline.section());
        result.write(report.orElse(null), sections);
        console.print("\n" + timeline.text() + "\n");
        report.ifPresent(found -> {
            console.print(timeline.sideBySideText(found) + "\n");
            console.print(Timeline.budgets(found));
        });
    }

    private void judgeReport(RecoveryReport report, Before before) {
        checks.check(
                "what was lost is recovered",
                report.outcome() == Outcome.RECOVERED,
                report.outcome() + (report.failure() == null ? "" : ": " + report.failure()));
        String text = Json.compact(report);
        if (cluster.inPlace()) {
            checks.check(
                    "the report says that the old cluster is gone",
                    text.contains(Names.CLUSTER + ", in the old one's place"),
                    "in place");
        } else {
            checks.check(
                    "the report says how the old cluster is kept off",
                    text.contains("\"" + cluster.loss().fence() + ": "),
                    cluster.loss().fence());
        }
        if (options.killEverywhere()) {
            return;
        }
        Instant recovered = report.measures().recoveredAt();
        if (recovered != null) {
            Duration real = Duration.between(before.disaster(), recovered).plus(saved());
            checks.check(
                    "RTO with EKS at its full length, from the loss to the last repairing step",
                    real.compareTo(Component.SYSTEM.limit()) <= 0,
                    seconds(real) + " of " + Component.SYSTEM.limit().toSeconds() + " s");
        }
        if (!cluster.loss().volumeSurvives()) {
            Duration rpo = Duration.between(before.backup().manifest().snapshotAt(), before.disaster());
            checks.check(
                    "RPO, from the backup's snapshot to the loss",
                    rpo.compareTo(Component.DATA_LOSS.limit()) <= 0,
                    seconds(rpo) + " of " + Component.DATA_LOSS.limit().toSeconds() + " s");
        }
    }

    /** What EKS takes until there is a cluster to put anything into. */
    private Duration whole() {
        return cluster.inPlace()
                ? EmbeddedCloud.clusterCreation().plus(EmbeddedCloud.clusterDeletion())
                : EmbeddedCloud.clusterCreation();
    }

    /** By how much the drill is shorter than EKS is. */
    private Duration saved() {
        Duration whole = whole();
        return whole.minusMillis((long) (whole.toMillis() / cluster.eksSpeed()));
    }

    private Section hurry(RecoveryReport report, Instant disaster) {
        Duration whole = whole();
        List<Section.Row> rows = new ArrayList<>();
        rows.add(new Section.Row("Factor", factor() + " (--eks-speed)", null));
        rows.add(new Section.Row(
                "A cluster with its nodes and add-ons" + (cluster.inPlace() ? ", after the lost one's deletion" : ""),
                seconds(whole) + " in the cloud, " + seconds(whole.minus(saved())) + " here",
                null));
        Instant recovered = report.measures().recoveredAt();
        if (recovered != null) {
            Duration here = Duration.between(disaster, recovered);
            rows.add(new Section.Row("From the loss to the last repairing step, here", seconds(here), null));
            rows.add(new Section.Row(
                    "With EKS at its full length",
                    seconds(here.plus(saved())) + " of "
                            + Component.SYSTEM.limit().toSeconds() + " s",
                    here.plus(saved()).compareTo(Component.SYSTEM.limit()) <= 0));
        }
        return new Section("EKS, CloudFormation and EBS in a hurry", rows);
    }

    private void judgeOldCluster(DrillEnvironment environment) {
        EmbeddedKubernetes old = environment.kubernetes();
        switch (cluster.loss()) {
            case CONTROL_PLANE ->
                checks.check("nothing reaches the old cluster's pods any more", old.isolated(), "its security groups");
            case NODES -> {
                List<String> running = new ArrayList<>();
                old.list(Deployment.class, Names.NAMESPACE).stream()
                        .filter(each -> each.getSpec().getReplicas() != 0)
                        .forEach(each -> running.add(each.getMetadata().getName()));
                old.list(StatefulSet.class, Names.NAMESPACE).stream()
                        .filter(each -> each.getSpec().getReplicas() != 0)
                        .forEach(each -> running.add(each.getMetadata().getName()));
                checks.same("everything in the old cluster is scaled to zero", String.join(", ", running), "all of it");
            }
            case EVERYTHING ->
                checks.check(
                        "EKS knows the new cluster alone",
                        environment.cloud().clusterStatuses().keySet().equals(java.util.Set.of(NEXT)),
                        environment.cloud().clusterStatuses().toString());
        }
    }

    private void judgeNewCluster(DrillEnvironment environment, Before before) {
        EmbeddedCloud cloud = environment.cloud();
        Map<String, String> stacks = cloud.stackStatuses();
        checks.check(
                cluster.inPlace()
                        ? "there are as many stacks as before, and the cluster's is whole"
                        : "there is one stack more than before, and it is whole",
                stacks.size() == (cluster.inPlace() ? 3 : 4) && "CREATE_COMPLETE".equals(stacks.get(cluster.next())),
                stacks.toString());
        checks.check(
                "the target parameter names the new generation",
                cloud.parameter(Names.TARGET_PARAMETER).contains("\"" + cluster.next() + "\""),
                Names.TARGET_PARAMETER);
        checks.check(
                "what runs is what was deployed, and not what k8s/ says",
                images(environment.kubernetes()).equals(before.images()),
                images(environment.kubernetes()).toString());
        Waiting.until("pod postgres-0 to be ready", PATIENCE, environment.database()::ready);
        Stage stage = new Stage(environment, data, console, checks);
        judgeRows(environment, stage, before);
        stage.checkState(before.state());
        stage.checkHealth();
        stage.checkDns();
        checks.check(
                "backups are made in the new cluster",
                environment.kubernetes().list(CronJob.class, Names.NAMESPACE).stream()
                        .anyMatch(each -> each.getMetadata().getName().equals(Names.BACKUP_CRON_JOB)),
                environment.kubernetes().list(CronJob.class, Names.NAMESPACE).size() + " CronJobs");
        stage.verifiedBackup();
        long told = cloud.notifications().stream()
                .filter(notification -> notification.at().isAfter(before.disaster()))
                .count();
        checks.check("people were told", told > 0, told + " notifications after the loss");
        stage.checkUnknownRequests();
    }

    private void judgeRows(DrillEnvironment environment, Stage stage, Before before) {
        if (!cluster.loss().volumeSurvives()) {
            stage.checkRows("rows and fingerprints equal those at the dump's snapshot", before.backup());
            return;
        }
        List<TableFingerprint> found = fingerprints(environment);
        checks.same(
                "rows and fingerprints equal those of the moment of the loss",
                Fingerprints.difference(before.tables(), found),
                String.format(
                        Locale.ROOT, "%,d rows, fingerprints of %d tables", Fingerprints.rows(found), found.size()));
        try {
            long kept = Long.parseLong(environment
                    .database()
                    .rows(Names.DATABASE, data.countWrites())
                    .get(0));
            checks.check(
                    "every write that was acknowledged is there, those after the backup too",
                    kept >= before.writes(),
                    kept + " of " + before.writes());
        } catch (SQLException e) {
            checks.check(
                    "every write that was acknowledged is there, those after the backup too", false, e.getMessage());
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
