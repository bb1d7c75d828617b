package dev.lifeboat.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryInput;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.ClusterResults.StackState;
import dev.lifeboat.orchestrator.cluster.ClusterResults.StackStatus;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith(S3MockExtension.class)
final class GenerationsTest {
    private static final String BASE = "cloudtolocalllm-eks";
    private static final String ROLE = "arn:aws:iam::123456789012:role/cloudtolocalllm-eks-iam-ClusterStackRole-1";

    private final FakeCloudFormation cloudFormation = new FakeCloudFormation();
    private final FakeParameters ssm = new FakeParameters();
    private final RecoveryScope scope;
    private S3Client client;
    private RebuildRecords records;
    private boolean fencedOff;

    GenerationsTest() throws IOException {
        Path event = Path.of(System.getProperty("lifeboat.root"), "events/recovery-input.json");
        Target target = Json.read("the sample", Files.readString(event), RecoveryInput.class)
                .target();
        scope = new RecoveryScope("cluster-cloudtolocalllm-20261123T031400Z", target, 7);
        ssm.put("target", new String(Json.write(target), java.nio.charset.StandardCharsets.UTF_8));
        ssm.put("cluster", settings("beside"));
    }

    private static String settings(String placement) {
        return "{\"clusterName\": \"" + BASE + "\", \"placement\": \"" + placement
                + "\", \"kubernetesVersion\": \"1.35\", \"nodeCount\": 2, \"instanceTypes\": [\"m6i.large\"],"
                + " \"subnetIds\": [\"\"], \"otherInstanceTypes\": [\"m5.large\"], \"otherSubnetIds\": [\"subnet-c\"],"
                + " \"stackParameters\": {\"Namespace\": \"cloudtolocalllm\"}}";
    }

    @BeforeEach
    void connect(S3MockServer s3) {
        String bucket = "generations-" + UUID.randomUUID();
        client = S3Client.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        client.createBucket(r -> r.bucket(bucket));
        records = new RebuildRecords(client, bucket);
        cloudFormation.add(BASE + "-vpc").is("CREATE_COMPLETE").says(Map.of("NodeSubnetIds", "subnet-a,subnet-b"));
        cloudFormation.add(BASE + "-iam").is("CREATE_COMPLETE").says(Map.of("ClusterStackRoleArn", ROLE));
    }

    @AfterEach
    void close() {
        client.close();
        cloudFormation.close();
        ssm.close();
    }

    private Generations generations() {
        return new Generations(
                cloudFormation.stacks(),
                records,
                new ClusterParameters(ssm.client(), "target", "cluster"),
                BASE,
                "Resources: {}",
                any -> {
                    if (fencedOff) {
                        throw new FencedOffException("It is another's.", "Leave it.");
                    }
                });
    }

    @Test
    void theNextGenerationIsTheOneThatNoStackHas() {
        cloudFormation.add(BASE + "-g2").is("CREATE_COMPLETE");
        cloudFormation.add(BASE + "-g9").is("DELETE_COMPLETE");

        Generation found = generations().find(scope);

        assertThat(found).isEqualTo(new Generation("g3", BASE + "-g3", BASE + "-g3", BASE, false));
        assertThat(generations().find(scope)).as("asked again").isEqualTo(found);
    }

    @Test
    void aRecoveryThatComesAfterOneThatDiedGoesOnWithItsGeneration() {
        Generation begun = generations().find(scope);
        generations().create(scope, begun, 1);

        RecoveryScope later = new RecoveryScope("cluster-cloudtolocalllm-20261123T040000Z", scope.target(), 8);
        assertThat(generations().find(later)).isEqualTo(begun);
        assertThat(generations().create(later, begun, 1).status()).isEqualTo(StackStatus.CREATING);
        assertThat(cloudFormation.requests("CreateStack")).as("one stack").isEqualTo(1);
    }

    @Test
    void theStackIsAskedForByTheSettings() {
        Generation generation = generations().find(scope);
        StackState state = generations().create(scope, generation, 1);

        assertThat(state.status()).isEqualTo(StackStatus.CREATING);
        Map<String, String> asked = cloudFormation.find(generation.stack()).request();
        assertThat(asked.get("ClientRequestToken")).startsWith("lifeboat-create-7-1-cluster-cloudtolocalllm");
        assertThat(asked.get("RoleARN")).isEqualTo(ROLE);
        assertThat(parameters(asked))
                .containsEntry("ClusterName", BASE)
                .containsEntry("Generation", "g2")
                .doesNotContainKey("LogGroups")
                .containsEntry("VpcStack", BASE + "-vpc")
                .containsEntry("SubnetIds", "subnet-a,subnet-b")
                .containsEntry("InstanceTypes", "m6i.large")
                .containsEntry("NodeCount", "2")
                .containsEntry("Namespace", "cloudtolocalllm");
        assertThat(asked).containsValue("lifeboat:target");
    }

    @Test
    void withoutTheRolesStackNothingIsMade() {
        cloudFormation.find(BASE + "-iam").is("DELETE_COMPLETE");
        Generation generation = generations().find(scope);

        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> generations().create(scope, generation, 1))
                .withMessageStartingWith(
                        "There is no stack cloudtolocalllm-eks-iam with an output ClusterStackRoleArn.");
        assertThat(cloudFormation.requests("CreateStack")).isZero();
    }

    @Test
    void theSecondAttemptIsElsewhere() {
        Generation generation = generations().find(scope);
        generations().create(scope, generation, 2);

        assertThat(parameters(cloudFormation.find(generation.stack()).request()))
                .containsEntry("SubnetIds", "subnet-c")
                .containsEntry("InstanceTypes", "m5.large");
    }

    private static Map<String, String> parameters(Map<String, String> asked) {
        Map<String, String> parameters = new java.util.TreeMap<>();
        for (int i = 1; asked.containsKey("Parameters.member." + i + ".ParameterKey"); i++) {
            parameters.put(
                    asked.get("Parameters.member." + i + ".ParameterKey"),
                    asked.get("Parameters.member." + i + ".ParameterValue"));
        }
        return parameters;
    }

    @Test
    void whatFailedInAStackIsToldFirstThingsFirst() {
        Generation generation = generations().find(scope);
        generations().create(scope, generation, 1);
        cloudFormation
                .find(generation.stack())
                .is("ROLLBACK_IN_PROGRESS")
                .failedBy("No capacity for m6i.large", "Resource creation cancelled");

        StackState state = generations().status(generation);

        assertThat(state.status()).isEqualTo(StackStatus.FAILED);
        assertThat(state.events()).isEqualTo(List.of("Nodegroup (AWS::EKS::Nodegroup): No capacity for m6i.large"));
    }

    @Test
    void aStackThatFailedIsDeletedAndNoneThatWasMadeSince() {
        Generation generation = generations().find(scope);
        String failed = generations().create(scope, generation, 1).id();
        generations().deleteFailed(scope, generation, failed);
        assertThat(cloudFormation.requests("DeleteStack")).isEqualTo(1);

        cloudFormation.find(failed).is("DELETE_COMPLETE");
        generations().create(scope, generation, 2);
        generations().deleteFailed(scope, generation, failed);

        assertThat(cloudFormation.requests("DeleteStack"))
                .as("the one that comes late")
                .isEqualTo(1);
    }

    @Test
    void aStackThatNoRebuildMadeIsNeverDeleted() {
        Generation generation = generations().find(scope);
        String id =
                cloudFormation.add(generation.stack()).is("ROLLBACK_COMPLETE").id();

        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> generations().deleteFailed(scope, generation, id))
                .withMessageContaining("no rebuild of this target made it");
        assertThat(cloudFormation.requests("DeleteStack")).isZero();
    }

    @Test
    void whoWasFencedOffMakesNothing() {
        Generation generation = generations().find(scope);
        fencedOff = true;

        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> generations().create(scope, generation, 1));
        assertThat(cloudFormation.requests("CreateStack")).isZero();
    }

    @Test
    void anOlderTokenDoesNotWriteTheRecordOfANewerOne() {
        RecoveryScope newer = new RecoveryScope("later", scope.target(), 9);
        Generation begun = generations().find(newer);

        assertThatExceptionOfType(FencedOffException.class)
                .isThrownBy(() -> records.change(scope, record -> record.withOldStack("arn")));
        assertThat(records.find(scope.target().name()).orElseThrow().generation())
                .isEqualTo(begun);
    }

    @Test
    void inPlaceTheOldClustersStackIsMadeAnewUnderItsName() {
        ssm.put("cluster", settings("in-place"));
        cloudFormation.add(BASE + "-stack").is("CREATE_COMPLETE").says(Map.of("ClusterName", BASE));

        Generation generation = generations().find(scope);
        assertThat(generation).isEqualTo(new Generation("", BASE, BASE + "-stack", BASE, true));

        cloudFormation.find(BASE + "-stack").is("DELETE_COMPLETE");
        generations().create(scope, generation, 1);
        assertThat(parameters(cloudFormation.find(BASE + "-stack").request()))
                .as("the logs of the lost one were retained")
                .containsEntry("LogGroups", "there");
    }
}
