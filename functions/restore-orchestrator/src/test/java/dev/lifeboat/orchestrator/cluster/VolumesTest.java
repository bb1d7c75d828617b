package dev.lifeboat.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.cluster.ClusterResults.SnapshotState;
import dev.lifeboat.orchestrator.cluster.ClusterResults.VolumeBrought;
import dev.lifeboat.orchestrator.cluster.ClusterResults.VolumeSnapshot;
import dev.lifeboat.orchestrator.connection.TestTargets;
import dev.lifeboat.testsupport.TestingAwsApi;
import dev.lifeboat.testsupport.TestingAwsApi.Answer;
import dev.lifeboat.testsupport.TestingAwsApi.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

final class VolumesTest {
    private static final RecoveryScope SCOPE = TestTargets.scope(TestTargets.live("app"));
    private static final String OLD =
            "<item><volumeId>vol-old</volumeId><size>20</size><availabilityZone>us-east-1b</availabilityZone>"
                    + "<status>in-use</status><createTime>2026-01-01T00:00:00Z</createTime></item>";

    private final TestingAwsApi api = TestingAwsApi.start();
    private final Ec2Client ec2 = Ec2Client.builder()
            .endpointOverride(api.endpoint())
            .region(Region.US_EAST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .build();
    private final Volumes volumes = new Volumes(ec2, any -> Optional.ofNullable(this.record), any -> {});
    private RebuildRecord record;
    private boolean survived = true;
    private String snapshotState;
    private String zoneMade;

    @BeforeEach
    void play() {
        api.on("DescribeVolumes", this::describeVolumes);
        api.on(
                "DescribeSnapshots",
                request -> Answer.ok(xml(
                        "DescribeSnapshots",
                        "<snapshotSet>" + (snapshotState == null ? "" : snapshot()) + "</snapshotSet>")));
        api.on("CreateSnapshot", request -> {
            snapshotState = "pending";
            return Answer.ok(xml("CreateSnapshot", "<snapshotId>snap-1</snapshotId><status>pending</status>"));
        });
        api.on("CreateVolume", request -> {
            zoneMade = request.parameters().get("AvailabilityZone");
            return Answer.ok(xml("CreateVolume", "<volumeId>vol-new</volumeId><status>creating</status>"));
        });
    }

    @AfterEach
    void close() {
        ec2.close();
        api.close();
    }

    private Answer describeVolumes(Request request) {
        Map<String, String> asked = request.parameters();
        boolean ofTheSnapshot = asked.containsValue("snapshot-id") || asked.containsValue("vol-new");
        String found = ofTheSnapshot
                ? zoneMade == null
                        ? ""
                        : "<item><volumeId>vol-new</volumeId><size>20</size><availabilityZone>" + zoneMade
                                + "</availabilityZone><status>available</status><createTime>2026-01-02T00:00:00Z</createTime></item>"
                : survived ? OLD : "";
        return Answer.ok(xml("DescribeVolumes", "<volumeSet>" + found + "</volumeSet>"));
    }

    private String snapshot() {
        return "<item><snapshotId>snap-1</snapshotId><volumeId>vol-old</volumeId><status>" + snapshotState
                + "</status><progress>50%</progress><startTime>2026-01-02T00:00:00Z</startTime></item>";
    }

    private static String xml(String operation, String content) {
        return "<" + operation + "Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">" + content + "</"
                + operation + "Response>";
    }

    @Test
    void noSnapshotIsTakenOfAClusterThatIsOutOfUse() {
        record = record(false);
        assertThat(volumes.snapshot(SCOPE, List.of("data-postgres-0")))
                .returns(SnapshotState.NONE, VolumeSnapshot::state)
                .extracting(VolumeSnapshot::reason)
                .asString()
                .startsWith("The old cluster is out of use");
        assertThat(api.requests("CreateSnapshot")).isEmpty();

        record = record(true);
        assertThat(volumes.snapshot(SCOPE, List.of("data-postgres-0")).state())
                .as("in place the volume is all there is")
                .isEqualTo(SnapshotState.PENDING);
    }

    private static RebuildRecord record(boolean inPlace) {
        return new RebuildRecord(
                1,
                "i",
                1,
                new ClusterResults.Generation("g2", "new", "new", "old", inPlace),
                "arn",
                new RebuildRecord.Fence(ClusterResults.FencedHow.GONE, List.of(), List.of(), null),
                null,
                null);
    }

    @Test
    void theSnapshotOfAnIncidentIsTakenOnceAndWaitedFor() {
        assertThat(volumes.snapshot(SCOPE, List.of("data-postgres-0")))
                .isEqualTo(new VolumeSnapshot(
                        SnapshotState.PENDING, "vol-old", "snap-1", "Snapshot snap-1 of vol-old is pending, 50%."));

        snapshotState = "completed";
        assertThat(volumes.snapshot(SCOPE, List.of("data-postgres-0")).state()).isEqualTo(SnapshotState.READY);
        assertThat(api.requests("CreateSnapshot")).hasSize(1);
        assertThat(api.requests("CreateSnapshot").get(0).parameters())
                .containsValue("lifeboat:incident")
                .containsValue("incident-1");
    }

    @Test
    void aVolumeThatDidNotSurviveIsAnAnswer() {
        survived = false;

        assertThat(volumes.snapshot(SCOPE, List.of("data-postgres-0")).state()).isEqualTo(SnapshotState.NONE);
        assertThat(api.requests("CreateSnapshot")).isEmpty();
    }

    @Test
    void theCopyIsMadeOnceWhereTheOldOneWasIfThereAreNodes() {
        snapshotState = "completed";

        VolumeBrought brought =
                volumes.bring(SCOPE, "new", "data-postgres-0", "snap-1", Set.of("us-east-1a", "us-east-1b"));

        assertThat(brought).isEqualTo(new VolumeBrought(true, "vol-new", "us-east-1b", 20));
        assertThat(volumes.bring(SCOPE, "new", "data-postgres-0", "snap-1", Set.of("us-east-1a")))
                .isEqualTo(brought);
        assertThat(api.requests("CreateVolume"))
                .singleElement()
                .satisfies(request -> assertThat(request.parameters())
                        .as("a cluster that is lost, too, has its volume found by them")
                        .containsValues(
                                "KubernetesCluster", "new", "kubernetes.io/created-for/pvc/name", "data-postgres-0"));
    }

    @Test
    void elsewhereTheCopyIsMadeWhereThereAreNodes() {
        snapshotState = "completed";

        assertThat(volumes.bring(SCOPE, "new", "data-postgres-0", "snap-1", Set.of("us-east-1d", "us-east-1c"))
                        .zone())
                .isEqualTo("us-east-1c");
    }
}
