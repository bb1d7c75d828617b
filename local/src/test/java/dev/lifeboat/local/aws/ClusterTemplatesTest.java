package dev.lifeboat.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.eks.EksClient;

/** The templates of config/cloudformation as they are: the network, the roles, and two generations of a cluster beside each other. */
class ClusterTemplatesTest {
    private static final Path TEMPLATES = Path.of(System.getProperty("lifeboat.root"), "config/cloudformation");
    private static final String BASE = "cloudtolocalllm-eks";

    @TempDir
    Path directory;

    private Endpoints endpoints;
    private CloudFormationClient formation;
    private EksClient eks;

    @BeforeEach
    void start() {
        endpoints = new Endpoints(directory);
        formation = Endpoints.client(CloudFormationClient.builder(), endpoints.endpoint());
        eks = Endpoints.client(EksClient.builder(), endpoints.endpoint());
    }

    @AfterEach
    void stop() {
        formation.close();
        eks.close();
        endpoints.close();
    }

    private Map<String, String> create(String name, String template, Map<String, String> parameters)
            throws IOException, InterruptedException {
        String body = Files.readString(TEMPLATES.resolve(template));
        formation.createStack(r -> r.stackName(name)
                .templateBody(body)
                .capabilities(Capability.CAPABILITY_IAM)
                .roleARN("arn:aws:iam::000000000000:role/any")
                .parameters(parameters.entrySet().stream()
                        .map(each -> Parameter.builder()
                                .parameterKey(each.getKey())
                                .parameterValue(each.getValue())
                                .build())
                        .toList()));
        Map<String, String> outputs = new TreeMap<>();
        await(name, StackStatus.CREATE_COMPLETE)
                .outputs()
                .forEach(output -> outputs.put(output.outputKey(), output.outputValue()));
        return outputs;
    }

    private Stack await(String name, StackStatus status) throws InterruptedException {
        Instant limit = Instant.now().plus(Duration.ofSeconds(20));
        while (true) {
            Stack found =
                    formation.describeStacks(r -> r.stackName(name)).stacks().get(0);
            if (found.stackStatus() == status) {
                return found;
            }
            assertThat(Instant.now()).as("%s: %s", found, failures(name)).isBefore(limit);
            Thread.sleep(20);
        }
    }

    private List<String> failures(String name) {
        return formation.describeStackEvents(r -> r.stackName(name)).stackEvents().stream()
                .filter(event -> event.resourceStatusAsString().endsWith("FAILED"))
                .map(StackEvent::resourceStatusReason)
                .toList();
    }

    @Test
    void aSecondGenerationIsMadeBesideTheFirstAndGoesByItself() throws Exception {
        Map<String, String> network = create(BASE + "-vpc", "vpc-networking.yaml", Map.of());
        Map<String, String> roles = create(BASE + "-iam", "iam-roles.yaml", Map.of());
        assertThat(roles.get("ClusterStackRoleArn")).startsWith("arn:aws:iam::");
        String subnets = network.get("NodeSubnetIds");
        assertThat(subnets.split(",")).hasSize(3);

        Map<String, String> first = create(BASE, "eks-cluster.yaml", Map.of("SubnetIds", subnets));
        Map<String, String> second = create(
                BASE + "-g2",
                "eks-cluster.yaml",
                Map.of(
                        "SubnetIds",
                        subnets,
                        "Generation",
                        "g2",
                        "RecoverClusterRoleArn",
                        "arn:aws:iam::000000000000:role/lifeboat-RecoverClusterRole-1"));

        assertThat(first.get("ClusterName")).isEqualTo(BASE);
        assertThat(second.get("ClusterName")).isEqualTo(BASE + "-g2");
        assertThat(second.get("NodeSecurityGroup")).isNotEqualTo(first.get("NodeSecurityGroup"));
        assertThat(eks.listClusters().clusters()).containsExactly(BASE, BASE + "-g2");
        assertThat(endpoints.hosted)
                .contains(
                        "join " + BASE + " [us-east-1a, us-east-1b, us-east-1c]",
                        "join " + BASE + "-g2 [us-east-1a, us-east-1b, us-east-1c]");
        assertThat(eks.listAddons(r -> r.clusterName(BASE + "-g2")).addons())
                .contains("coredns", "vpc-cni", "aws-ebs-csi-driver", "eks-pod-identity-agent");

        String id =
                formation.describeStacks(r -> r.stackName(BASE)).stacks().get(0).stackId();
        formation.deleteStack(r -> r.stackName(id));
        await(id, StackStatus.DELETE_COMPLETE);
        assertThat(eks.listClusters().clusters()).containsExactly(BASE + "-g2");
        assertThat(endpoints.unknownRequests()).isEmpty();
    }

    @Test
    void aGenerationIsMadeAnewUnderItsNameWhereItsLogsWereRetained() throws Exception {
        Map<String, String> network = create(BASE + "-vpc", "vpc-networking.yaml", Map.of());
        create(BASE + "-iam", "iam-roles.yaml", Map.of());
        Map<String, String> generation = Map.of("SubnetIds", network.get("NodeSubnetIds"), "Generation", "g2");
        create(BASE + "-g2", "eks-cluster.yaml", generation);
        String id = formation
                .describeStacks(r -> r.stackName(BASE + "-g2"))
                .stacks()
                .get(0)
                .stackId();
        formation.deleteStack(r -> r.stackName(id));
        await(id, StackStatus.DELETE_COMPLETE);

        Map<String, String> there = new TreeMap<>(generation);
        there.put("LogGroups", "there");
        assertThat(create(BASE + "-g2", "eks-cluster.yaml", there).get("ClusterName"))
                .isEqualTo(BASE + "-g2");
    }
}
