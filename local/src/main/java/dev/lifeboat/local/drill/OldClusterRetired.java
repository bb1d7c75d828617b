package dev.lifeboat.local.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.aws.Notification;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.states.ExecutionStatus;
import dev.lifeboat.local.storage.BlockVolume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a cluster that a rebuild has replaced, by the machine that looks once a day: on a day before its time, on one when the new
 * cluster does not serve, and on one when it does.
 */
final class OldClusterRetired {
    /** The cluster that took over. */
    static final String SUCCESSOR = Names.CLUSTER + "-g2";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LONGER_THAN_KEPT = Duration.ofDays(8);
    private static final String MACHINE = "RetireClusterMachine";
    private static final String API = "api-backend";

    private final DrillEnvironment environment;
    private final EmbeddedCloud cloud;
    private final IncidentWatch watch;
    private final Console console;
    private final Checks checks;
    private final ClusterLoss loss;

    OldClusterRetired(
            DrillEnvironment environment, IncidentWatch watch, Console console, Checks checks, ClusterLoss loss) {
        this.environment = environment;
        this.cloud = environment.cloud();
        this.watch = watch;
        this.console = console;
        this.checks = checks;
        this.loss = loss;
    }

    void play() {
        Map<String, String> stacks = cloud.stackStatuses();
        ExecutionDescription early = run("early");
        checks.check(
                "before its days are over the old cluster is kept",
                ended(early, ExecutionStatus.SUCCEEDED, "not-needed")
                        && cloud.stackStatuses().equals(stacks),
                String.valueOf(early.output()));
        timePasses();
        // An application that is gone would call for its own recovery, which holds the lease.
        cloud.evaluateAlarms(false);
        int replicas = replicas();
        scale(0);
        Instant ill = Instant.now();
        ExecutionDescription refused = run("ill");
        checks.check(
                "while the new cluster does not serve nothing is deleted",
                refused.status() == ExecutionStatus.FAILED
                        && cloud.stackStatuses().equals(stacks),
                refused.cause());
        checks.check(
                "a person is told why", told(ill, "NOT deleted").contains("does not serve"), told(ill, "NOT deleted"));
        scale(replicas);
        Waiting.until("the applications to be healthy", PATIENCE, environment::healthy);
        retire(stacks);
    }

    private void retire(Map<String, String> before) {
        List<BlockVolume> volumes = environment.clusters().storage().volumes();
        Instant well = Instant.now();
        ExecutionDescription retired = run("well");
        Map<String, String> stacks = cloud.stackStatuses();
        checks.check(
                "when the new cluster is healthy the old one's stack is deleted, and no other",
                ended(retired, ExecutionStatus.SUCCEEDED, "retired")
                        && !stacks.containsKey(Names.CLUSTER)
                        && stacks.size() == before.size() - 1
                        && "CREATE_COMPLETE".equals(stacks.get(SUCCESSOR))
                        && cloud.clusterStatuses().keySet().equals(java.util.Set.of(SUCCESSOR)),
                stacks.toString());
        checks.check("the new cluster serves on", environment.healthy(), SUCCESSOR);
        checks.check(
                "no volume is deleted",
                environment.clusters().storage().volumes().equals(volumes),
                volumes.size() + " volumes");
        String message = told(well, "was deleted");
        List<String> old = volumes.stream()
                .filter(volume -> Names.CLUSTER.equals(volume.tags().get("KubernetesCluster")))
                .map(BlockVolume::id)
                .toList();
        checks.check(
                "a person is told what is left: the load balancer and each volume, with the commands",
                message.contains("aws elbv2 delete-load-balancer")
                        && old.stream().allMatch(id -> message.contains("delete-volume --volume-id " + id))
                        && old.isEmpty() != loss.volumeSurvives(),
                message);
    }

    /** As the schedule does. */
    private ExecutionDescription run(String day) {
        String name = "retire-" + day;
        console.running("the old cluster's time: " + day);
        String arn = cloud.startExecution(MACHINE, name, "{}");
        return Waiting.value(
                "execution " + name + " to end",
                PATIENCE,
                () -> Optional.of(cloud.execution(arn)).filter(each -> each.status() != ExecutionStatus.RUNNING));
    }

    private static boolean ended(ExecutionDescription execution, ExecutionStatus status, String outcome) {
        return execution.status() == status && execution.output().contains("\"" + outcome + "\"");
    }

    /** The rebuild was longer ago than the old cluster is kept: nobody waits a week for a drill. */
    private void timePasses() {
        String key = BucketLayout.generations(Names.TARGET);
        try {
            byte[] noted =
                    environment.bucket().get(key).orElseThrow(() -> new DrillFailure("There is no " + key + "."));
            ObjectNode record = (ObjectNode) Json.mapper().readTree(noted);
            Instant finished = Instant.parse(record.path("finishedAt").asText());
            record.put("finishedAt", finished.minus(LONGER_THAN_KEPT).toString());
            environment.bucket().put(key, Json.write(record));
        } catch (JsonProcessingException e) {
            throw new DrillFailure(key + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new DrillFailure("Cannot read " + key + ": " + e.getMessage(), e);
        }
        watch.note("the old cluster's days are over");
    }

    private int replicas() {
        return environment
                .kubernetes()
                .find(Deployment.class, Names.NAMESPACE, API)
                .orElseThrow(() -> new DrillFailure("There is no Deployment " + API + "."))
                .getSpec()
                .getReplicas();
    }

    private void scale(int replicas) {
        environment.kubernetes().apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, namespace: %s}
                spec: {replicas: %d}
                """.formatted(API, Names.NAMESPACE, replicas));
        if (replicas == 0) {
            Waiting.until("users not to be served", PATIENCE, () -> !environment.healthy());
        }
    }

    private String told(Instant since, String subject) {
        return cloud.notifications().stream()
                .filter(each -> each.at().isAfter(since) && each.subject().contains(subject))
                .map(Notification::message)
                .findFirst()
                .orElse("nobody was told");
    }
}
