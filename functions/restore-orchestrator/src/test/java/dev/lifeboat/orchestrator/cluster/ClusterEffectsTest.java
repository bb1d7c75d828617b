package dev.lifeboat.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.recovery.RecoveryInput;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.FakeCloudFormation.FakeStack;
import dev.lifeboat.testsupport.Effect;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
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

/** Holds the steps to the table of docs/effects.md, to which the explorer's models are held too; with CloudFormation's API over a wire. */
@ExtendWith(S3MockExtension.class)
final class ClusterEffectsTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final String OLD = "cloudtolocalllm-eks";
    private static final Generation NEXT = new Generation("g2", OLD + "-g2", OLD + "-g2", OLD, false);
    private static final JsonNode FACTS = JsonNodeFactory.instance.objectNode().put("execution", "arn:execution");
    private static final Map<String, String> USUAL = Map.of("stack", "none", "parameter", "old", "lease", "ours");
    private static final Map<String, String> STATES =
            Map.of("creating", "CREATE_IN_PROGRESS", "failed", "ROLLBACK_COMPLETE", "complete", "CREATE_COMPLETE");

    private final FakeCloudFormation cloudFormation = new FakeCloudFormation();
    private final FakeParameters ssm = new FakeParameters();
    private final ClusterParameters parameters = new ClusterParameters(ssm.client(), "target", "cluster");
    private final RecoveryScope scope;
    private boolean fencedOff;
    private String stackId = "arn:stack/none";
    private String another = "";
    private S3Client s3;
    private Generations generations;
    private TargetSwitch targetSwitch;
    private OldStack oldStack;

    ClusterEffectsTest() throws IOException {
        Target target = Json.read(
                        "the sample", Files.readString(ROOT.resolve("events/recovery-input.json")), RecoveryInput.class)
                .target();
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
        RebuildRecords records = new RebuildRecords(s3, bucket);
        records.begin(scope, NEXT);
        Consumer<RecoveryScope> lease = any -> {
            if (fencedOff) {
                throw new FencedOffException("It is another's.", "Leave it.");
            }
        };
        generations = new Generations(cloudFormation.stacks(), records, parameters, OLD, "Resources: {}", lease);
        targetSwitch = new TargetSwitch(parameters, records, lease, Clock.systemUTC());
        oldStack = new OldStack(cloudFormation.stacks(), null, records, parameters, null, null, null, OLD, lease);
    }

    @AfterEach
    void close() {
        s3.close();
        cloudFormation.close();
        ssm.close();
    }

    @ParameterizedTest
    @MethodSource("effects")
    void aStepLeavesWhatItsRowSays(Effect effect) {
        bring(effect);
        assertThat(facts()).as("before").isEqualTo(Effect.unusual(effect.finds(), USUAL));

        if (effect.refusal().isEmpty()) {
            act(effect.step());
        } else {
            assertThatThrownBy(() -> act(effect.step()))
                    .extracting(error -> error.getClass().getSimpleName())
                    .isEqualTo(effect.refusal());
        }

        assertThat(facts()).as("after").isEqualTo(Effect.unusual(effect.leaves(), USUAL));
    }

    private void act(String step) {
        switch (step) {
            case "create-stack" -> generations.create(scope, NEXT, 1);
            case "delete-failed-stack" -> generations.deleteFailed(scope, NEXT, stackId);
            case "switch-target" -> targetSwitch.there(scope, NEXT, FACTS);
            case "switch-back" -> targetSwitch.back(scope, NEXT);
            case "delete-old" -> oldStack.delete(new ClusterRequest.DeleteOld(scope, NEXT, "recent/b"));
            default -> throw new IllegalArgumentException("No way to " + step);
        }
    }

    private void bring(Effect effect) {
        String stack = effect.found("stack", "none");
        if (!stack.equals("none")) {
            stackId = generations.create(scope, NEXT, 1).id();
            if (stack.equals("another")) {
                cloudFormation.find(stackId).is("DELETE_COMPLETE");
                another = generations.create(scope, NEXT, 2).id();
            } else {
                cloudFormation.find(stackId).is(STATES.get(stack));
            }
        }
        if (effect.found("parameter", "old").equals("new")) {
            parameters.nameCluster(target -> TargetSwitch.named(target, NEXT.cluster()));
        }
        fencedOff = effect.found("lease", "ours").equals("newer");
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("stack", stack());
        facts.put("parameter", parameters.target().cluster().equals(OLD) ? "old" : "new");
        facts.put("lease", fencedOff ? "newer" : "ours");
        return Effect.unusual(facts, USUAL);
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
        return STATES.entrySet().stream()
                .filter(state -> state.getValue().equals(found.status()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
