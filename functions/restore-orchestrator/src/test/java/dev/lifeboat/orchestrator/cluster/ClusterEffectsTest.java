package dev.lifeboat.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.ConfigBackup;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.orchestrator.cluster.ClusterRequest.Part;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.ClusterResults.VolumeBrought;
import dev.lifeboat.orchestrator.cluster.FakeCloudFormation.FakeStack;
import dev.lifeboat.testsupport.Effect;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Holds the steps to the table of docs/effects.md, to which the explorer's models are held too; with the APIs of CloudFormation, EKS and both clusters over a wire. */
@ExtendWith(S3MockExtension.class)
final class ClusterEffectsTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final String OLD = "cloudtolocalllm-eks";
    private static final Generation NEXT = new Generation("g2", OLD + "-g2", OLD + "-g2", OLD, false);
    private static final JsonNode FACTS = JsonNodeFactory.instance.objectNode().put("execution", "arn:execution");
    private static final Map<String, String> USUAL =
            Map.of("stack", "none", "server", "none", "parameter", "old", "old", "running", "lease", "ours");
    private static final Map<String, String> STATES =
            Map.of("creating", "CREATE_IN_PROGRESS", "failed", "ROLLBACK_COMPLETE", "complete", "CREATE_COMPLETE");
    private static final VolumeBrought VOLUME = new VolumeBrought(true, "vol-copy", "us-east-1a", 20);
    private static final String NAMESPACE = "cloudtolocalllm";
    private static final String APPS = "/apis/apps/v1/namespaces/" + NAMESPACE + "/";
    private static final String JOBS = "/apis/batch/v1/namespaces/" + NAMESPACE + "/cronjobs";
    private static final String FRONT = "/api/v1/namespaces/" + NAMESPACE + "/services/front";
    private static final String CLAIM = "/api/v1/namespaces/" + NAMESPACE + "/persistentvolumeclaims/data-postgres-0";

    private final FakeCloudFormation cloudFormation = new FakeCloudFormation();
    private final FakeParameters ssm = new FakeParameters();
    private final ClusterParameters parameters = new ClusterParameters(ssm.client(), "target", "cluster");
    private final WireApis oldApis = new WireApis();
    private final WireApis newApis = new WireApis();
    private final RecoveryScope scope;
    private boolean fencedOff;
    private boolean healthy;
    private String stackId = "arn:stack/none";
    private String another = "";
    private S3Client s3;
    private Generations generations;
    private TargetSwitch targetSwitch;
    private OldStack oldStack;
    private OldCluster old;
    private ApplyManifests manifests;

    ClusterEffectsTest() {
        Target target = new Target(
                "shop",
                Target.Purpose.LIVE,
                OLD,
                NAMESPACE,
                "postgres",
                "shop",
                "shop",
                "admin",
                List.of(),
                List.of(newApis.address() + "/health"),
                new Target.ServiceName(NAMESPACE, "front"),
                null,
                null);
        scope = new RecoveryScope("incident-1", target, 7);
        ssm.put("target", new String(Json.write(target), StandardCharsets.UTF_8));
        ssm.put(
                "cluster",
                "{\"clusterName\": \"" + OLD + "\", \"placement\": \"beside\", \"kubernetesVersion\": \"1.35\","
                        + " \"nodeCount\": 2, \"instanceTypes\": [\"m6i.large\"], \"subnetIds\": [\"subnet-a\"],"
                        + " \"otherInstanceTypes\": [], \"otherSubnetIds\": [], \"stackParameters\": {}}");
    }

    static List<Effect> effects() {
        return Effect.of(ROOT, "Clusters");
    }

    @BeforeEach
    void connect(S3MockServer server) {
        String bucket = "effects-" + UUID.randomUUID();
        s3 = S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        s3.createBucket(r -> r.bucket(bucket));
        cloudFormation.add(OLD + "-iam").is("CREATE_COMPLETE").says(Map.of("ClusterStackRoleArn", "arn:role"));
        cloudFormation.add(OLD).is("CREATE_COMPLETE").says(Map.of("ClusterName", OLD));
        oldApis.well(OLD).well(NEXT.cluster());
        oldApis.workloads(NAMESPACE, 2, 1, false);
        newApis.well(NEXT.cluster())
                .on("/health", 503, "")
                .on(
                        FRONT,
                        "{'kind': 'Service', 'metadata': {'name': 'front'}, 'spec': {'type': 'LoadBalancer'},"
                                + " 'status': {'loadBalancer': {'ingress': [{'ip': '127.0.0.1'}]}}}");
        RebuildRecords records = new RebuildRecords(s3, bucket);
        records.begin(scope, NEXT);
        Consumer<RecoveryScope> lease = any -> {
            if (fencedOff) {
                throw new FencedOffException("It is another's.", "Leave it.");
            }
        };
        Function<String, ClusterConnection> clusters =
                name -> (name.equals(OLD) ? oldApis : newApis).clusters().apply(name);
        EksView eks = oldApis.eks();
        generations = new Generations(cloudFormation.stacks(), records, parameters, OLD, "Resources: {}", lease);
        targetSwitch = new TargetSwitch(parameters, records, lease, Clock.systemUTC());
        oldStack = new OldStack(
                cloudFormation.stacks(),
                eks,
                records,
                parameters,
                null, // backups are read in place alone
                new NewCluster(eks, clusters),
                new RouteCheck(clusters),
                OLD,
                lease);
        // Without security groups: a cluster that does not answer is ClusterActionsTest's.
        old = new OldCluster(
                eks, clusters, new SecurityGroups(null, cloudFormation.stacks(), OLD), records, parameters, lease);
        ConfigBackup recorded =
                new ConfigBackup(1, NAMESPACE, Instant.parse("2026-11-27T00:00:00Z"), List.of(), List.of());
        manifests = new ApplyManifests(clusters, id -> recorded, Bundle::manifests, records::find, lease);
    }

    @AfterEach
    void close() {
        s3.close();
        oldApis.close();
        newApis.close();
        cloudFormation.close();
        ssm.close();
    }

    @ParameterizedTest
    @MethodSource("effects")
    void aStepLeavesWhatItsRowSays(Effect effect) {
        bring(effect);
        effect.hold(USUAL, this::facts, () -> act(effect.step()));
    }

    private void act(String step) {
        switch (step) {
            case "create-stack" -> generations.create(scope, NEXT, 1);
            case "delete-failed-stack" -> generations.deleteFailed(scope, NEXT, stackId);
            case "apply" -> apply(Part.BASE, null);
            case "apply-volume" -> apply(Part.BASE, VOLUME);
            case "apply-backups" -> apply(Part.BACKUPS, null);
            case "discard-volume" -> manifests.discard(scope, NEXT);
            case "fence-old" -> old.fence(scope, NEXT);
            case "unfence-old" -> old.unfence(scope, NEXT);
            case "switch-target" -> targetSwitch.there(scope, NEXT, FACTS);
            case "switch-back" -> targetSwitch.back(scope, NEXT);
            case "delete-old" -> oldStack.delete(new ClusterRequest.DeleteOld(scope, NEXT, "recent/b"));
            default -> throw new IllegalArgumentException("No way to " + step);
        }
    }

    private void apply(Part part, VolumeBrought volume) {
        manifests.apply(new ClusterRequest.Apply(scope, NEXT, part, "recent/b", volume));
    }

    private void bring(Effect effect) {
        String stack = effect.found("stack", "none");
        if (!stack.equals("none")) {
            stackId = generations.create(scope, NEXT, 1).id();
            if (stack.equals("another")) {
                cloudFormation.find(stackId).is("DELETE_COMPLETE");
                another = generations.create(scope, NEXT, 2).id();
            } else {
                cloudFormation.find(stackId).is(STATES.getOrDefault(stack, STATES.get("complete")));
            }
        }
        if (stack.equals("applied")) {
            apply(Part.BASE, effect.found("server", "none").equals("brought") ? VOLUME : null);
        }
        if (stack.equals("healthy")) {
            newApis.on("/health", 200, "");
            healthy = true;
        }
        bringOld(effect.found("old", "running"));
        if (effect.found("parameter", "old").equals("new")) {
            parameters.nameCluster(target -> TargetSwitch.named(target, NEXT.cluster()));
        }
        fencedOff = effect.found("lease", "ours").equals("newer");
    }

    private void bringOld(String state) {
        if (state.equals("fenced")) {
            old.fence(scope, NEXT);
            oldApis.workloads(NAMESPACE, 0, 0, true);
        }
        if (state.equals("gone")) {
            oldApis.on("/clusters/" + OLD, 404, "{'__type': 'ResourceNotFoundException', 'message': 'No cluster.'}");
            cloudFormation.find(OLD).is("DELETE_COMPLETE");
        }
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("stack", stack());
        facts.put("server", server());
        facts.put("old", old());
        facts.put("parameter", parameters.target().cluster().equals(OLD) ? "old" : "new");
        facts.put("lease", fencedOff ? "newer" : "ours");
        return Effect.unusual(facts, USUAL);
    }

    private String server() {
        if (newApis.kept(APPS + "statefulsets/postgres").at("/spec/replicas").asInt() == 0) {
            return "none";
        }
        String volume = newApis.kept(CLAIM).at("/spec/volumeName").asText();
        return volume.equals(ManifestPlan.volumeName(VOLUME)) ? "brought" : "empty";
    }

    /** By what was written to its workloads last: nothing, or their scale. */
    private String old() {
        FakeStack stack = cloudFormation.find(OLD);
        if (stack == null || stack.status().startsWith("DELETE")) {
            return "gone";
        }
        List<Boolean> stopped = List.of(
                oldApis.kept(APPS + "deployments/web").at("/spec/replicas").asInt(2) == 0,
                oldApis.kept(APPS + "statefulsets/postgres")
                                .at("/spec/replicas")
                                .asInt(1)
                        == 0,
                oldApis.kept(JOBS + "/backup").at("/spec/suspend").asBoolean());
        assertThat(stopped.stream().distinct()).as("all of them or none").hasSize(1);
        return stopped.get(0) ? "fenced" : "running";
    }

    private String stack() {
        FakeStack found = cloudFormation.find(NEXT.stack());
        // One that is being deleted is as good as gone: nobody uses it any more.
        if (found == null || found.status().startsWith("DELETE")) {
            return "none";
        }
        if (found.id().equals(another)) {
            return "another";
        }
        if (healthy) {
            return "healthy";
        }
        if (!server().equals("none")) {
            return "applied";
        }
        return STATES.entrySet().stream()
                .filter(state -> state.getValue().equals(found.status()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
