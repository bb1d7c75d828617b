package dev.lifeboat.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.StoppedWorkload;
import dev.lifeboat.orchestrator.cluster.ClusterResults.FencedHow;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.ClusterResults.OldFenced;
import dev.lifeboat.orchestrator.cluster.ClusterResults.StackStatus;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import dev.lifeboat.testsupport.TestingAwsApi;
import dev.lifeboat.testsupport.TestingAwsApi.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.s3.S3Client;

/** The looks at the old cluster, its fence and its end, over the wire. */
@ExtendWith(S3MockExtension.class)
final class ClusterActionsTest {
    private static final String BASE = "shop-eks";
    private static final Generation GENERATION = new Generation("g2", "shop-eks-g2", "shop-eks-g2", BASE, false);
    private static final String APPS = "/apis/apps/v1/namespaces/shop/";
    private static final JsonNode FACTS = JsonNodeFactory.instance.objectNode().put("execution", "arn:execution");
    private static final String GROUP =
            "<item><groupId>sg-1</groupId><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort>"
                    + "<toPort>443</toPort><ipRanges><item><cidrIp>10.0.240.0/22</cidrIp></item></ipRanges></item>"
                    + "</ipPermissions></item>";

    private final WireApis apis = new WireApis();
    private final FakeCloudFormation cloudFormation = new FakeCloudFormation();
    private final FakeParameters ssm = new FakeParameters();
    private final TestingAwsApi ec2Api = TestingAwsApi.start();
    private final Ec2Client ec2 = Ec2Client.builder()
            .endpointOverride(ec2Api.endpoint())
            .region(Region.US_EAST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .build();
    private final Target target = new Target(
            "shop",
            Target.Purpose.LIVE,
            BASE,
            "shop",
            "postgres",
            "shop",
            "shop",
            "admin",
            List.of(),
            List.of(apis.address() + "/health"),
            new Target.ServiceName("shop", "front"),
            null,
            null);
    private final RecoveryScope scope = new RecoveryScope("cluster-shop-1", target, 7);
    private final ClusterParameters parameters = new ClusterParameters(ssm.client(), "target", "cluster");
    private S3Client s3;
    private RebuildRecords records;
    private boolean fencedOff;

    @BeforeEach
    void start(S3MockServer server) {
        String bucket = "actions-" + UUID.randomUUID();
        s3 = S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        s3.createBucket(r -> r.bucket(bucket));
        records = new RebuildRecords(s3, bucket);
        records.begin(scope, GENERATION);
        names(BASE);
        cloudFormation.add(BASE + "-iam").is("CREATE_COMPLETE").says(Map.of("ClusterStackRoleArn", "arn:role"));
        cloudFormation.add(BASE).is("CREATE_COMPLETE").says(Map.of("ClusterName", BASE));
        ec2Api.on(
                "DescribeSecurityGroups",
                request -> Answer.ok(
                        xml("DescribeSecurityGroups", "<securityGroupInfo>" + GROUP + "</securityGroupInfo>")));
        for (String change : List.of("RevokeSecurityGroupIngress", "AuthorizeSecurityGroupIngress")) {
            ec2Api.on(change, request -> Answer.ok(xml(change, "<return>true</return>")));
        }
        apis.well(BASE).on("/health", 503, "");
        loadBalancer("'hostname': 'old.elb.amazonaws.com'");
        apis.workloads("shop", 2, 1, false);
    }

    @AfterEach
    void close() {
        s3.close();
        ec2.close();
        ec2Api.close();
        ssm.close();
        cloudFormation.close();
        apis.close();
    }

    private static String xml(String operation, String body) {
        return "<" + operation + "Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">" + body + "</"
                + operation + "Response>";
    }

    private void names(String cluster) {
        ssm.put("target", new String(Json.write(TargetSwitch.named(target, cluster)), StandardCharsets.UTF_8));
    }

    private void loadBalancer(String address) {
        apis.on(
                "/api/v1/namespaces/shop/services/front",
                "{'apiVersion': 'v1', 'kind': 'Service', 'metadata': {'name': 'front'}, 'spec': {'type': 'LoadBalancer'},"
                        + " 'status': {'loadBalancer': {'ingress': [{" + address + "}]}}}");
    }

    private void requireLease(RecoveryScope any) {
        if (fencedOff) {
            throw new FencedOffException("It is another's.", "Leave it.");
        }
    }

    // ── assess ───────────────────────────────────────────────────────────────────────────────────────────────────────
    private ClusterAssessment assess() {
        return assess(scope);
    }

    private ClusterAssessment assess(RecoveryScope own) {
        return new AssessCluster(apis.eks(), apis.clusters(), records, parameters, Clock.systemUTC()).assess(own);
    }

    @Test
    void aClusterThatEksDoesNotKnowIsRebuiltUnlessUsersAreServed() {
        apis.on("/clusters/" + BASE, 404, "{'__type': 'ResourceNotFoundException', 'message': 'No cluster found.'}");
        apis.loseApi();
        assertThat(assess().decision()).isEqualTo(ClusterDecision.REBUILD);

        apis.on("/health", 200, "");
        assertThat(assess().decision()).isEqualTo(ClusterDecision.EXAMINE);
    }

    @Test
    void anApiServerThatDoesNotAnswerIsWaitedFor() {
        apis.loseApi();
        assertThat(assess())
                .returns(ClusterDecision.AWAIT, ClusterAssessment::decision)
                .returns(BASE, ClusterAssessment::cluster);
    }

    @Test
    void eksThatDoesNotSayIsNoLostCluster() {
        apis.on("/clusters/" + BASE, 403, "{'__type': 'AccessDeniedException', 'message': 'no'}");
        apis.loseApi();
        assertThat(assess().decision()).isEqualTo(ClusterDecision.LOOK_AGAIN);
    }

    @Test
    void aRebuildThatHasPutTheOldOneOutOfUseGoesOn() {
        records.change(
                scope,
                record -> record.withFence(new RebuildRecord.Fence(FencedHow.SCALED, List.of(), List.of(), null)));
        assertThat(assess().decision()).isEqualTo(ClusterDecision.REBUILD);
    }

    @Test
    void whoPutTheClusterInPlaceIsToldSoAndAnotherOnlyUntilItHasFinished() {
        records.change(
                scope,
                record -> record.withFence(new RebuildRecord.Fence(FencedHow.SCALED, List.of(), List.of(), null)));
        records.change(scope, record -> record.withFacts(FACTS));
        assertThat(assess())
                .as("the parameter names the old one yet")
                .returns(ClusterDecision.REBUILD, ClusterAssessment::decision)
                .returns(null, ClusterAssessment::rebuilt);

        newOneIsWell();
        apis.on(
                "/api/v1/namespaces/shop/services/postgres",
                "{'apiVersion': 'v1', 'kind': 'Service', 'metadata': {'name': 'postgres', 'namespace': 'shop'},"
                        + " 'spec': {'selector': {'app': 'postgres'}}}");
        apis.on("/api/v1/namespaces/shop/pods", WireApis.list("PodList", WireApis.pod("postgres-0", "True")));
        RecoveryScope another = new RecoveryScope("cluster-shop-2", scope.target(), 8);
        var rebuilt = new ClusterAssessment.Rebuilt(GENERATION, FACTS);
        assertThat(assess())
                .returns(ClusterDecision.NOT_NEEDED, ClusterAssessment::decision)
                .returns(rebuilt, ClusterAssessment::rebuilt);
        assertThat(assess(another).rebuilt())
                .as("it died before it could note its end")
                .isEqualTo(rebuilt);

        new TargetSwitch(parameters, records, this::requireLease, Clock.systemUTC()).there(scope, GENERATION, FACTS);
        assertThat(assess().rebuilt()).as("its report may be missing").isEqualTo(rebuilt);
        assertThat(assess(another).rebuilt()).isNull();
    }

    // ── fence-old, unfence-old ───────────────────────────────────────────────────────────────────────────────────────
    private OldCluster old() {
        return new OldCluster(
                apis.eks(),
                apis.clusters(),
                new SecurityGroups(ec2, cloudFormation.stacks(), BASE),
                records,
                parameters,
                this::requireLease);
    }

    private RebuildRecord.Fence noted() {
        return records.find("shop").orElseThrow().fence();
    }

    @Test
    void aClusterThatAnswersIsScaledToZeroAndWhatItWasIsNotedOnce() {
        OldFenced fenced = old().fence(scope, GENERATION);

        assertThat(fenced).returns(FencedHow.SCALED, OldFenced::how).returns(3, OldFenced::workloads);
        assertThat(noted().loadBalancer())
                .as("nobody could ask for it once the cluster is deleted")
                .isEqualTo("old.elb.amazonaws.com");
        assertThat(apis.writes())
                .extracting(WireApis.Asked::path)
                .containsExactlyInAnyOrder(
                        APPS + "deployments/web",
                        APPS + "statefulsets/postgres",
                        "/apis/batch/v1/namespaces/shop/cronjobs/backup");
        assertThat(apis.writes()).allSatisfy(write -> {
            assertThat(write.body().at("/metadata/resourceVersion").asText()).isEqualTo("5");
            assertThat(write.body()
                            .at("/metadata/annotations/lifeboat.dev~1shop.fence")
                            .asText())
                    .isEqualTo("7");
        });

        // It died, and is tried again: what it finds now is not what there was.
        apis.workloads("shop", 0, 0, true);
        assertThat(old().fence(scope, GENERATION).workloads()).isEqualTo(3);
        assertThat(noted().workloads())
                .contains(new StoppedWorkload("Deployment", "web", 2), new StoppedWorkload("CronJob", "backup", 1));
    }

    @Test
    void aClusterWhoseApiIsGoneIsCutOffAndOpenedAgainAsItWas() {
        apis.loseApi();

        OldFenced fenced = old().fence(scope, GENERATION);
        assertThat(fenced).returns(FencedHow.NETWORK_CLOSED, OldFenced::how).returns(1, OldFenced::rules);
        assertThat(ec2Api.requests("RevokeSecurityGroupIngress"))
                .singleElement()
                .satisfies(request -> assertThat(request.parameters())
                        .containsEntry("GroupId", "sg-1")
                        .containsEntry("IpPermissions.1.IpRanges.1.CidrIp", "10.0.240.0/22"));

        assertThat(old().unfence(scope, GENERATION).rules()).isEqualTo(1);
        assertThat(ec2Api.requests("AuthorizeSecurityGroupIngress")).hasSize(1);
        assertThat(noted()).isNull();
    }

    @Test
    void aClusterThatIsGoneNeedsNoFence() {
        apis.on("/clusters/" + BASE, 404, "{'__type': 'ResourceNotFoundException', 'message': 'No cluster found.'}");
        assertThat(old().fence(scope, GENERATION).how()).isEqualTo(FencedHow.GONE);
        assertThat(apis.writes()).isEmpty();
    }

    @Test
    void oneThatCanNeitherBeScaledNorCutOffIsAPersons() {
        apis.loseApi();
        ec2Api.on(
                "DescribeSecurityGroups",
                request -> Answer.ok(xml("DescribeSecurityGroups", "<securityGroupInfo></securityGroupInfo>")));
        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> old().fence(scope, GENERATION))
                .withMessageContaining("it cannot be kept from taking writes");
    }

    @Test
    void theOldOneIsNotLetGoOnBesideTheNewOne() {
        old().fence(scope, GENERATION);
        names("shop-eks-g2");
        int before = apis.writes().size();

        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(() -> old().unfence(scope, GENERATION))
                .withMessageContaining("two would take writes");
        assertThat(apis.writes()).hasSize(before);
    }

    @Test
    void whoWasFencedOffFencesNothing() {
        fencedOff = true;
        assertThatExceptionOfType(FencedOffException.class).isThrownBy(() -> old().fence(scope, GENERATION));
        assertThat(apis.writes()).isEmpty();
    }

    // ── delete-old ───────────────────────────────────────────────────────────────────────────────────────────────────
    private OldStack oldStack() {
        return new OldStack(
                cloudFormation.stacks(),
                apis.eks(),
                records,
                parameters,
                null, // backups are read in place alone
                new NewCluster(apis.eks(), apis.clusters()),
                new RouteCheck(apis.clusters()),
                BASE,
                this::requireLease);
    }

    private ClusterResults.StackState delete() {
        return oldStack().delete(new ClusterRequest.DeleteOld(scope, GENERATION, "recent/b1"));
    }

    private void newOneIsWell() {
        names("shop-eks-g2");
        newOneServes();
    }

    private void newOneServes() {
        apis.well("shop-eks-g2").on("/health", 200, "");
        loadBalancer("'ip': '127.0.0.1'");
    }

    private void assertRefused(String why) {
        assertThatExceptionOfType(MisconfiguredException.class)
                .isThrownBy(this::delete)
                .withMessageContaining(why);
        assertThat(cloudFormation.requests("DeleteStack")).isZero();
    }

    @Test
    void nothingIsDeletedBeforeTheNewGenerationIsTheTargetsAndHealthy() {
        newOneIsWell();
        names(BASE);
        assertRefused("does not name shop-eks-g2");

        names("shop-eks-g2");
        apis.nodes("Unknown");
        assertRefused("no node is ready");

        apis.nodes("True").on("/health", 503, "");
        assertRefused("does not serve");

        apis.on("/health", 200, "");
        assertThat(delete().status()).isEqualTo(StackStatus.DELETING);
        assertThat(cloudFormation.requests("DeleteStack")).isEqualTo(1);
    }

    @Test
    void aClusterThatNoStackMadeIsNotDeleted() {
        newOneIsWell();
        cloudFormation.find(BASE).is("DELETE_COMPLETE");
        assertRefused("No stack below shop-eks has the output ClusterName=shop-eks");

        apis.on("/clusters/" + BASE, 404, "{'__type': 'ResourceNotFoundException', 'message': 'No cluster found.'}");
        assertThat(delete().status()).isEqualTo(StackStatus.ABSENT);
    }

    @Test
    void whoWasFencedOffDeletesNothing() {
        newOneIsWell();
        fencedOff = true;
        assertThatExceptionOfType(FencedOffException.class).isThrownBy(this::delete);
        assertThat(cloudFormation.requests("DeleteStack")).isZero();
    }

    // ── find-retired ─────────────────────────────────────────────────────────────────────────────────────────────────
    private ClusterResults.Retired retired(int days, Instant now) {
        ssm.put(
                "cluster",
                "{\"clusterName\": \"" + BASE + "\", \"placement\": \"beside\", \"retireAfterDays\": " + days + "}");
        Clock clock = Clock.fixed(now, java.time.ZoneOffset.UTC);
        return new Retirement(cloudFormation.stacks(), records, parameters, new LeftBehind(ec2), clock).find();
    }

    @Test
    void anOldClusterIsDueWhenItsDaysAreOverAndNeverWithoutAny() {
        Instant finished = Instant.parse("2026-11-23T04:00:00Z");
        Instant later = finished.plus(java.time.Duration.ofDays(7));
        names("shop-eks-g2");
        assertThat(retired(7, later).reason()).isEqualTo("No rebuild has finished.");

        records.change(scope, record -> record.withFinishedAt(finished));
        assertThat(retired(0, later).due()).isFalse();
        assertThat(retired(7, later.minusSeconds(1)).reason())
                .isEqualTo("Cluster shop-eks is kept until 2026-11-30T04:00:00Z.");
        assertThat(retired(7, later))
                .returns(true, ClusterResults.Retired::due)
                .returns(GENERATION, ClusterResults.Retired::generation)
                .extracting(found -> found.target().cluster())
                .isEqualTo("shop-eks-g2");

        names(BASE);
        assertThat(retired(7, later).due()).as("somebody went back to it").isFalse();
        names("shop-eks-g2");
        cloudFormation.find(BASE).is("DELETE_COMPLETE");
        ec2Api.on(
                "DescribeVolumes",
                request -> Answer.ok(xml(
                        "DescribeVolumes",
                        "<volumeSet><item><volumeId>vol-1</volumeId><size>20</size></item></volumeSet>")));
        ec2Api.on(
                "DescribeSnapshots",
                request -> Answer.ok(
                        xml(
                                "DescribeSnapshots",
                                "<snapshotSet><item><snapshotId>snap-1</snapshotId><volumeId>vol-1</volumeId></item></snapshotSet>")));
        assertThat(retired(7, later))
                .returns("There is no stack of cluster shop-eks any more.", ClusterResults.Retired::reason)
                .extracting(ClusterResults.Retired::left)
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .satisfiesExactly(
                        balancer -> assertThat(balancer).contains("Key=kubernetes.io/cluster/shop-eks"),
                        volume -> assertThat(volume)
                                .isEqualTo("Volume vol-1 (20 GiB): aws ec2 delete-volume --volume-id vol-1"),
                        snapshot -> assertThat(snapshot)
                                .isEqualTo("Snapshot snap-1 of vol-1: aws ec2 delete-snapshot --snapshot-id snap-1"));
        assertThat(ec2Api.requests("DescribeVolumes").get(0).parameters())
                .containsEntry("Filter.1.Name", "tag:KubernetesCluster")
                .containsEntry("Filter.1.Value.1", BASE);
        assertThat(ec2Api.requests("DescribeSnapshots").get(0).parameters())
                .containsEntry("Filter.1.Name", "tag:lifeboat:target");
    }

    // ── a recovery that dies ─────────────────────────────────────────────────────────────────────────────────────────
    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private int steps;
    private int lastStep = Integer.MAX_VALUE;
    private boolean failedOnce;

    /** Its work is done, and nobody hears of it. */
    private <T> T step(Supplier<T> action) {
        T answer = action.get();
        if (steps++ == lastStep) {
            throw new Died();
        }
        return answer;
    }

    private Generations generations() {
        return new Generations(cloudFormation.stacks(), records, parameters, BASE, "Resources: {}", this::requireLease);
    }

    /** What the machine does, as far as a cluster is made, deleted, put out of use or named. */
    private void rebuild(RecoveryScope own) {
        Generation generation = step(() -> generations().find(own));
        StackStatus status =
                step(() -> generations().create(own, generation, 1)).status();
        while (status != StackStatus.COMPLETE) {
            timePasses(generation.stack());
            ClusterResults.StackState stack = step(() -> generations().status(generation));
            status = stack.status();
            if (status == StackStatus.FAILED) {
                step(() -> generations().deleteFailed(own, generation, stack.id()));
            } else if (status == StackStatus.ABSENT) {
                step(() -> generations().create(own, generation, 2));
            }
        }
        newOneServes();
        step(() -> old().fence(own, generation));
        step(() -> new TargetSwitch(parameters, records, this::requireLease, Clock.systemUTC())
                .there(own, generation, FACTS));
    }

    /** The first stack fails, the second comes up. */
    private void timePasses(String name) {
        FakeCloudFormation.FakeStack stack = cloudFormation.find(name);
        if (stack == null) {
            return;
        }
        switch (stack.status()) {
            case "DELETE_IN_PROGRESS" -> stack.is("DELETE_COMPLETE");
            case "CREATE_IN_PROGRESS" -> {
                stack.is(failedOnce ? "CREATE_COMPLETE" : "ROLLBACK_COMPLETE").says(Map.of("ClusterName", name));
                failedOnce = true;
            }
            default -> {
                // It stays as it is.
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void aRebuildThatDiesAtAnyStepIsGoneOnWithAndLeavesOneCluster(int last) {
        ssm.put(
                "cluster",
                "{\"clusterName\": \"" + BASE + "\", \"placement\": \"beside\", \"subnetIds\": [\"s-1\", \"s-2\"]}");
        lastStep = last;
        boolean died = false;
        try {
            rebuild(scope);
        } catch (Died e) {
            died = true;
        }
        lastStep = Integer.MAX_VALUE;
        assertThat(died || steps <= last)
                .as("a rebuild has " + steps + " steps")
                .isTrue();

        // Started again, under another incident; one that has named the new cluster finds it well.
        Target now = parameters.target();
        if (now.cluster().equals(BASE)) {
            rebuild(new RecoveryScope("cluster-shop-2", now, 8));
        }

        assertThat(cloudFormation.names()).containsExactlyInAnyOrder(BASE, BASE + "-iam", BASE + "-g2");
        assertThat(cloudFormation.requests("CreateStack"))
                .as("one that failed, and one")
                .isEqualTo(2);
        assertThat(parameters.target().cluster()).isEqualTo(BASE + "-g2");
        RebuildRecord record = records.find("shop").orElseThrow();
        assertThat(record.finishedAt()).isNotNull();
        assertThat(record.fence().how()).isEqualTo(FencedHow.SCALED);
        assertThat(record.fence().workloads()).contains(new StoppedWorkload("Deployment", "web", 2));
    }
}
