package dev.lifeboat.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/**
 * What the embedded CloudFormation and EC2 do, and moto's do too, which nobody here wrote; moto's cases are skipped where its server
 * is not installed ({@code pip install 'moto[server]'}).
 */
class StackConformanceTest {
    private static final String NETWORK = """
            Parameters:
              Name: {Type: String}
            Resources:
              Vpc:
                Type: AWS::EC2::VPC
                Properties: {CidrBlock: 10.0.0.0/16}
              Group:
                Type: AWS::EC2::SecurityGroup
                Properties:
                  GroupDescription: !Sub "of ${Name} in ${Vpc}"
                  VpcId: !Ref Vpc
                  SecurityGroupIngress:
                    - {IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: 10.0.1.0/24}
            Outputs:
              GroupId:
                Value: !GetAtt Group.GroupId
                Export: {Name: !Sub "${Name}-group"}
            """;
    private static final String IMPORTING = """
            Parameters:
              From: {Type: String}
            Resources:
              Rule:
                Type: AWS::EC2::SecurityGroupIngress
                Properties:
                  GroupId: {Fn::ImportValue: !Sub "${From}-group"}
                  IpProtocol: tcp
                  FromPort: 443
                  ToPort: 443
                  CidrIp: 10.0.2.0/24
            """;

    /** Whose it is. */
    enum Cloud {
        EMBEDDED,
        MOTO
    }

    @TempDir
    static Path directory;

    private static Endpoints embedded;
    private static Process moto;
    private static URI motoEndpoint;

    @BeforeAll
    static void start() throws Exception {
        embedded = new Endpoints(directory);
        boolean installed = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "moto_server")));
        if (installed) {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            moto = new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            motoEndpoint = URI.create("http://127.0.0.1:" + port);
            awaitMoto();
        }
    }

    private static void awaitMoto() throws InterruptedException {
        Instant limit = Instant.now().plusSeconds(30);
        while (Instant.now().isBefore(limit)) {
            try (var socket = new java.net.Socket(motoEndpoint.getHost(), motoEndpoint.getPort())) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException e) {
                Thread.sleep(200);
            }
        }
        throw new AssertionError("moto_server does not answer");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        embedded.close();
        if (moto != null) {
            moto.destroy();
            assertThat(moto.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static URI endpoint(Cloud cloud) {
        assumeTrue(cloud == Cloud.EMBEDDED || moto != null, "moto_server is not installed");
        return cloud == Cloud.EMBEDDED ? embedded.endpoint() : motoEndpoint;
    }

    private static Stack await(CloudFormationClient formation, String stack, StackStatus status) throws Exception {
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

    private static String create(CloudFormationClient formation, String name, String body, String key, String value) {
        return formation
                .createStack(r -> r.stackName(name)
                        .templateBody(body)
                        .parameters(Parameter.builder()
                                .parameterKey(key)
                                .parameterValue(value)
                                .build()))
                .stackId();
    }

    @ParameterizedTest
    @EnumSource(Cloud.class)
    void aStackComesUpIsSeenAndGoes(Cloud cloud) throws Exception {
        String name = "net-" + UUID.randomUUID();
        try (var formation = Endpoints.client(CloudFormationClient.builder(), endpoint(cloud));
                var ec2 = Endpoints.client(Ec2Client.builder(), endpoint(cloud))) {
            String id = create(formation, name, NETWORK, "Name", name);

            Stack stack = await(formation, name, StackStatus.CREATE_COMPLETE);
            assertThat(stack.stackId()).isEqualTo(id).contains(":cloudformation:us-east-1:", ":stack/" + name + "/");
            assertThat(stack.parameters().get(0).parameterValue()).isEqualTo(name);
            assertThat(stack.outputs()).extracting(Output::outputKey).containsExactly("GroupId");
            String group = stack.outputs().get(0).outputValue();
            var found = ec2.describeSecurityGroups(r -> r.groupIds(group))
                    .securityGroups()
                    .get(0);
            assertThat(found.description()).startsWith("of " + name + " in vpc-");
            assertThat(found.ipPermissions().get(0).ipRanges().get(0).cidrIp()).isEqualTo("10.0.1.0/24");
            assertThat(formation.describeStackResources(r -> r.stackName(name)).stackResources())
                    .extracting(r -> r.logicalResourceId() + " " + r.resourceStatusAsString())
                    .contains("Group CREATE_COMPLETE", "Vpc CREATE_COMPLETE");
            assertThatThrownBy(() -> create(formation, name, NETWORK, "Name", name))
                    .isInstanceOf(AlreadyExistsException.class);

            create(formation, name + "-rule", IMPORTING, "From", name);
            await(formation, name + "-rule", StackStatus.CREATE_COMPLETE);
            assertThat(ec2.describeSecurityGroups(r -> r.groupIds(group))
                            .securityGroups()
                            .get(0)
                            .ipPermissions())
                    .hasSize(2);

            for (String gone : List.of(name + "-rule", name)) {
                String goneId = formation
                        .describeStacks(r -> r.stackName(gone))
                        .stacks()
                        .get(0)
                        .stackId();
                formation.deleteStack(r -> r.stackName(gone));
                await(formation, goneId, StackStatus.DELETE_COMPLETE);
                assertThatThrownBy(() -> formation.describeStacks(r -> r.stackName(gone)))
                        .isInstanceOfSatisfying(CloudFormationException.class, e -> {
                            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
                            assertThat(e.getMessage()).contains(gone + " does not exist");
                        });
            }
            assertThat(formation.listStacks().stackSummaries())
                    .filteredOn(each -> each.stackName().equals(name))
                    .allMatch(each -> each.stackStatus() == StackStatus.DELETE_COMPLETE);
        }
    }

    @ParameterizedTest
    @EnumSource(Cloud.class)
    void aTemplateThatIsNoneIsRefused(Cloud cloud) {
        try (var formation = Endpoints.client(CloudFormationClient.builder(), endpoint(cloud))) {
            assertThatThrownBy(
                            () -> formation.createStack(r -> r.stackName("none").templateBody(NETWORK)))
                    .isInstanceOfSatisfying(
                            CloudFormationException.class,
                            e -> assertThat(e.awsErrorDetails().errorCode())
                                    .isIn("ValidationError", "Missing Parameter"));
        }
    }

    @ParameterizedTest
    @EnumSource(Cloud.class)
    void aVolumeIsMadeOfASnapshot(Cloud cloud) throws Exception {
        try (var ec2 = Endpoints.client(Ec2Client.builder(), endpoint(cloud))) {
            String incident = UUID.randomUUID().toString();
            String volume = ec2.createVolume(r -> r.availabilityZone("us-east-1a")
                            .size(10)
                            .tagSpecifications(TagSpecification.builder()
                                    .resourceType(ResourceType.VOLUME)
                                    .tags(Tag.builder()
                                            .key("name")
                                            .value(incident)
                                            .build())
                                    .build()))
                    .volumeId();
            String snapshot = ec2.createSnapshot(r -> r.volumeId(volume)
                            .tagSpecifications(TagSpecification.builder()
                                    .resourceType(ResourceType.SNAPSHOT)
                                    .tags(Tag.builder()
                                            .key("lifeboat:incident")
                                            .value(incident)
                                            .build())
                                    .build()))
                    .snapshotId();
            var filter = Filter.builder()
                    .name("tag:lifeboat:incident")
                    .values(incident)
                    .build();
            Instant limit = Instant.now().plusSeconds(10);
            while (ec2.describeSnapshots(r -> r.filters(filter).ownerIds("self"))
                            .snapshots()
                            .get(0)
                            .state()
                    != SnapshotState.COMPLETED) {
                assertThat(Instant.now()).isBefore(limit);
                Thread.sleep(20);
            }
            assertThat(ec2.describeSnapshots(r -> r.snapshotIds(snapshot))
                            .snapshots()
                            .get(0)
                            .volumeId())
                    .isEqualTo(volume);

            var made = ec2.createVolume(r -> r.availabilityZone("us-east-1b").snapshotId(snapshot));
            assertThat(made.size()).isEqualTo(10);
            assertThat(made.snapshotId()).isEqualTo(snapshot);
            while (ec2.describeVolumes(r -> r.volumeIds(made.volumeId()))
                            .volumes()
                            .get(0)
                            .state()
                    != VolumeState.AVAILABLE) {
                assertThat(Instant.now()).isBefore(limit);
                Thread.sleep(20);
            }
            assertThat(ec2.describeVolumes(r -> r.filters(Filter.builder()
                                    .name("tag:name")
                                    .values(incident)
                                    .build()))
                            .volumes())
                    .extracting(each -> each.volumeId())
                    .containsExactly(volume);
            assertThatThrownBy(() -> ec2.createVolume(
                            r -> r.availabilityZone("us-east-1b").snapshotId("snap-00000000000000000")))
                    .isInstanceOfSatisfying(
                            Ec2Exception.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidSnapshot.NotFound"));
        }
    }

    @ParameterizedTest
    @EnumSource(Cloud.class)
    void whatIsRevokedIsGoneAndCanBeGivenBack(Cloud cloud) throws Exception {
        String name = "rules-" + UUID.randomUUID();
        try (var formation = Endpoints.client(CloudFormationClient.builder(), endpoint(cloud));
                var ec2 = Endpoints.client(Ec2Client.builder(), endpoint(cloud))) {
            create(formation, name, NETWORK, "Name", name);
            String group = await(formation, name, StackStatus.CREATE_COMPLETE)
                    .outputs()
                    .get(0)
                    .outputValue();
            var before = ec2.describeSecurityGroups(r -> r.groupIds(group))
                    .securityGroups()
                    .get(0)
                    .ipPermissions();

            ec2.revokeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(before));
            assertThat(ec2.describeSecurityGroups(r -> r.groupIds(group))
                            .securityGroups()
                            .get(0)
                            .ipPermissions())
                    .isEmpty();
            ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(before));
            assertThat(ec2.describeSecurityGroups(r -> r.groupIds(group))
                            .securityGroups()
                            .get(0)
                            .ipPermissions()
                            .get(0)
                            .fromPort())
                    .isEqualTo(5432);
            assertThatThrownBy(() -> ec2.authorizeSecurityGroupIngress(
                            r -> r.groupId(group).ipPermissions(before)))
                    .isInstanceOfSatisfying(
                            Ec2Exception.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidPermission.Duplicate"));
        }
    }
}
