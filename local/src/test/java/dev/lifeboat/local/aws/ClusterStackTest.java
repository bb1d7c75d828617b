package dev.lifeboat.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AddonStatus;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/** The stack of an EKS cluster, as it comes up, fails and goes. */
class ClusterStackTest {
    private static final String CLUSTER = """
            Parameters:
              ClusterName: {Type: String}
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties: {AssumeRolePolicyDocument: {Statement: []}}
              Cluster:
                Type: AWS::EKS::Cluster
                Properties:
                  Name: !Ref ClusterName
                  Version: "1.33"
                  RoleArn: !GetAtt Role.Arn
                  ResourcesVpcConfig: {SubnetIds: [subnet-1, subnet-2]}
              Nodes:
                Type: AWS::EKS::Nodegroup
                Properties:
                  ClusterName: !Ref Cluster
                  NodegroupName: workers
                  NodeRole: !GetAtt Role.Arn
                  ScalingConfig: {DesiredSize: 2}
                  Subnets: [subnet-1, subnet-2]
              Storage:
                Type: AWS::EKS::Addon
                DependsOn: Nodes
                Properties: {ClusterName: !Ref ClusterName, AddonName: aws-ebs-csi-driver}
              Database:
                Type: AWS::EC2::SecurityGroupIngress
                Properties:
                  GroupId: !GetAtt Cluster.ClusterSecurityGroupId
                  IpProtocol: tcp
                  FromPort: 5432
                  ToPort: 5432
                  CidrIp: 10.0.9.0/24
            Outputs:
              Endpoint: {Value: !GetAtt Cluster.Endpoint}
            """;

    @TempDir
    Path directory;

    private Endpoints endpoints;
    private CloudFormationClient formation;
    private EksClient eks;
    private Ec2Client ec2;

    @BeforeEach
    void start() {
        endpoints = new Endpoints(directory);
        formation = Endpoints.client(CloudFormationClient.builder(), endpoints.endpoint());
        eks = Endpoints.client(EksClient.builder(), endpoints.endpoint());
        ec2 = Endpoints.client(Ec2Client.builder(), endpoints.endpoint());
    }

    @AfterEach
    void stop() {
        formation.close();
        eks.close();
        ec2.close();
        endpoints.close();
    }

    private String create(String stack, String cluster, String token) {
        return formation
                .createStack(r -> r.stackName(stack)
                        .templateBody(CLUSTER)
                        .clientRequestToken(token)
                        .capabilitiesWithStrings("CAPABILITY_IAM")
                        .parameters(Parameter.builder()
                                .parameterKey("ClusterName")
                                .parameterValue(cluster)
                                .build()))
                .stackId();
    }

    private Stack await(String stack, StackStatus status) throws InterruptedException {
        Instant limit = Instant.now().plus(Duration.ofSeconds(10));
        while (true) {
            Stack found =
                    formation.describeStacks(r -> r.stackName(stack)).stacks().get(0);
            if (found.stackStatus() == status) {
                return found;
            }
            assertThat(Instant.now()).as("%s", found).isBefore(limit);
            Thread.sleep(20);
        }
    }

    private List<StackEvent> failures(String stack) {
        return formation.describeStackEvents(r -> r.stackName(stack)).stackEvents().stream()
                .filter(event -> event.resourceStatus() == ResourceStatus.CREATE_FAILED)
                .toList();
    }

    @Test
    void theClusterComesFirstThenItsNodesThenTheAddon() throws Exception {
        String id = create("shop-g2", "shop-g2", "token");

        Stack stack = await("shop-g2", StackStatus.CREATE_IN_PROGRESS);
        assertThat(stack.outputs()).isEmpty();
        stack = await("shop-g2", StackStatus.CREATE_COMPLETE);

        assertThat(stack.outputs().get(0).outputValue()).isEqualTo("https://127.0.0.1:6443");
        assertThat(endpoints.hosted).containsExactly("create shop-g2", "join shop-g2 [us-east-1a, us-east-1a]");
        assertThat(eks.listClusters().clusters()).containsExactly("shop-g2");
        var cluster = eks.describeCluster(r -> r.name("shop-g2")).cluster();
        assertThat(cluster.status()).isEqualTo(ClusterStatus.ACTIVE);
        assertThat(cluster.certificateAuthority().data()).isEqualTo("Q0E=");
        assertThat(eks.listNodegroups(r -> r.clusterName("shop-g2")).nodegroups())
                .containsExactly("workers");
        assertThat(eks.describeNodegroup(r -> r.clusterName("shop-g2").nodegroupName("workers"))
                        .nodegroup()
                        .status())
                .isEqualTo(NodegroupStatus.ACTIVE);
        assertThat(eks.listAddons(r -> r.clusterName("shop-g2")).addons()).containsExactly("aws-ebs-csi-driver");
        assertThat(eks.describeAddon(r -> r.clusterName("shop-g2").addonName("aws-ebs-csi-driver"))
                        .addon()
                        .status())
                .isEqualTo(AddonStatus.ACTIVE);
        // Asked again by whoever did not get the answer: the same stack.
        assertThat(create("shop-g2", "shop-g2", "token")).isEqualTo(id);
        assertThat(endpoints.unknownRequests()).isEmpty();
    }

    @Test
    void aClusterHasNoEndpointWhileItIsCreated() throws Exception {
        create("shop-g2", "shop-g2", "token");

        Instant limit = Instant.now().plusSeconds(10);
        while (eks.listClusters().clusters().isEmpty()) {
            assertThat(Instant.now()).isBefore(limit);
            Thread.sleep(5);
        }
        var creating = eks.describeCluster(r -> r.name("shop-g2")).cluster();
        assertThat(creating.status()).isEqualTo(ClusterStatus.CREATING);
        assertThat(creating.endpoint()).isNull();
        await("shop-g2", StackStatus.CREATE_COMPLETE);
    }

    @Test
    void aQuotaRollsTheStackBack() throws Exception {
        endpoints.faults.order(ClusterFault.CLUSTER_QUOTA, 1);
        create("shop-g2", "shop-g2", "first");

        Stack stack = await("shop-g2", StackStatus.ROLLBACK_COMPLETE);
        assertThat(failures("shop-g2").get(0).logicalResourceId()).isEqualTo("Cluster");
        assertThat(failures("shop-g2").get(0).resourceStatusReason()).contains("ServiceLimitExceeded");
        assertThat(eks.listClusters().clusters()).isEmpty();
        // What was rolled back keeps its name until it is deleted.
        assertThatThrownBy(() -> create("shop-g2", "shop-g2", "second"))
                .isInstanceOf(software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException.class);
        formation.deleteStack(r -> r.stackName(stack.stackId()));
        await(stack.stackId(), StackStatus.DELETE_COMPLETE);
        create("shop-g2", "shop-g2", "second");
        await("shop-g2", StackStatus.CREATE_COMPLETE);
    }

    @Test
    void nodesThatNeverJoinRollTheStackBack() throws Exception {
        endpoints.faults.order(ClusterFault.NODES_NEVER_JOIN, Integer.MAX_VALUE);
        create("shop-g2", "shop-g2", "first");

        await("shop-g2", StackStatus.ROLLBACK_COMPLETE);
        assertThat(failures("shop-g2"))
                .anyMatch(event -> event.logicalResourceId().equals("Nodes")
                        && event.resourceStatusReason().contains("NodeCreationFailure"));
        assertThat(endpoints.hosted).contains("create shop-g2", "delete shop-g2");
        assertThatThrownBy(() -> eks.describeCluster(r -> r.name("shop-g2")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aStackThatIsDeletedWhileItIsCreatedLeavesNothing() throws Exception {
        String id = create("shop-g2", "shop-g2", "first");
        formation.deleteStack(r -> r.stackName("shop-g2"));
        formation.deleteStack(r -> r.stackName("shop-g2"));

        await(id, StackStatus.DELETE_COMPLETE);
        assertThat(eks.listClusters().clusters()).isEmpty();
        assertThat(endpoints.groups.all()).isEmpty();
    }

    @Test
    void aClusterIsMadeAgainUnderTheNameOfOneThatIsDeleted() throws Exception {
        String id = create("shop", "shop", "first");
        await("shop", StackStatus.CREATE_COMPLETE);
        formation.deleteStack(r -> r.stackName(id));
        await(id, StackStatus.DELETE_COMPLETE);

        create("shop", "shop", "second");
        await("shop", StackStatus.CREATE_COMPLETE);

        assertThat(endpoints.hosted)
                .containsExactly(
                        "create shop",
                        "join shop [us-east-1a, us-east-1a]",
                        "drain shop",
                        "delete shop",
                        "create shop",
                        "join shop [us-east-1a, us-east-1a]");
    }

    @Test
    void aClusterWhoseGroupLetsNothingInIsCutOff() throws Exception {
        create("shop-g2", "shop-g2", "token");
        await("shop-g2", StackStatus.CREATE_COMPLETE);
        var group = ec2.describeSecurityGroups(r -> r.filters(Filter.builder()
                        .name("tag:aws:eks:cluster-name")
                        .values("shop-g2")
                        .build()))
                .securityGroups()
                .get(0);
        assertThat(group.ipPermissions()).hasSize(2);
        var rules = ec2
                .describeSecurityGroupRules(r -> r.filters(Filter.builder()
                        .name("group-id")
                        .values(group.groupId())
                        .build()))
                .securityGroupRules()
                .stream()
                .filter(rule -> !rule.isEgress())
                .map(rule -> rule.securityGroupRuleId())
                .toList();

        ec2.revokeSecurityGroupIngress(r -> r.groupId(group.groupId()).securityGroupRuleIds(rules));
        assertThat(endpoints.isolated).containsEntry("shop-g2", true);
        ec2.authorizeSecurityGroupIngress(r -> r.groupId(group.groupId()).ipPermissions(group.ipPermissions()));
        assertThat(endpoints.isolated).containsEntry("shop-g2", false);
    }

    @Test
    void rolesNeedTheCapability() {
        assertThatThrownBy(() -> formation.createStack(r -> r.stackName("shop")
                        .templateBody(CLUSTER)
                        .parameters(Parameter.builder()
                                .parameterKey("ClusterName")
                                .parameterValue("shop")
                                .build())))
                .isInstanceOfSatisfying(
                        CloudFormationException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode())
                                .isEqualTo("InsufficientCapabilitiesException"));
    }

    @Test
    void whatIsNotPlayedIsRefusedByName() {
        assertThatThrownBy(() -> formation.validateTemplate(r -> r.templateBody(CLUSTER)))
                .isInstanceOfSatisfying(
                        CloudFormationException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(501));
        assertThat(endpoints.unknownRequests()).anyMatch(request -> request.contains("ValidateTemplate"));
    }
}
