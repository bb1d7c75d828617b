package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.ConfigBackups;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.aws.LeaseStore;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.orchestrator.pointintime.LiveInstance;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.s3.S3Client;

/** One service for each action, put together for one event: nothing outlives it. */
final class ClusterServices {
    /**
     * AWS, as it is now.
     *
     * @param cloudFormation for stacks
     * @param eks for clusters
     * @param ec2 for volumes, snapshots and security groups
     * @param s3 for the backup bucket
     */
    record Clients(CloudFormationClient cloudFormation, EksClient eks, Ec2Client ec2, S3Client s3) {}

    private final Clients aws;
    private final String bucket;
    private final ClusterParameters parameters;
    private final Function<String, ClusterConnection> clusters;
    private final Clock clock;

    ClusterServices(
            Clients aws,
            String bucket,
            ClusterParameters parameters,
            Function<String, ClusterConnection> clusters,
            Clock clock) {
        this.aws = aws;
        this.bucket = bucket;
        this.parameters = parameters;
        this.clusters = clusters;
        this.clock = clock;
    }

    AssessCluster assess() {
        return new AssessCluster(eks(), clusters, records(), parameters, clock);
    }

    Generations generations() {
        return new Generations(stacks(), records(), parameters, base(), Bundle.clusterTemplate(), this::requireLease);
    }

    ConfigChoices configBackups() {
        return new ConfigChoices(new BackupCatalogue(aws.s3(), bucket), new ConfigBackups(aws.s3(), bucket)::read);
    }

    /**
     * What the claim of the volume that holds the target's data may be called: a recovery to a point in time may have put another one in place, and
     * a rebuild under the same name the first one again.
     */
    List<String> liveClaims(Target target) {
        return Stream.concat(
                        LiveInstance.claim(new Journal(aws.s3(), bucket), target).stream(),
                        Stream.of(Bundle.database().claim()))
                .distinct()
                .toList();
    }

    Volumes volumes() {
        return new Volumes(aws.ec2(), scope -> records().find(scope.target().name()), this::requireLease);
    }

    NewCluster newCluster() {
        return new NewCluster(eks(), clusters);
    }

    ApplyManifests manifests() {
        return new ApplyManifests(
                clusters, configBackups()::read, Bundle::manifests, records()::find, this::requireLease);
    }

    RouteCheck route() {
        return new RouteCheck(clusters);
    }

    OldCluster oldCluster() {
        return new OldCluster(
                eks(),
                clusters,
                new SecurityGroups(aws.ec2(), stacks(), base()),
                records(),
                parameters,
                this::requireLease);
    }

    TargetSwitch targetSwitch() {
        return new TargetSwitch(parameters, records(), this::requireLease, clock);
    }

    Retirement retirement() {
        return new Retirement(stacks(), records(), parameters, new LeftBehind(aws.ec2()), clock);
    }

    OldStack oldStack() {
        return new OldStack(
                stacks(),
                eks(),
                records(),
                parameters,
                configBackups(),
                newCluster(),
                route(),
                base(),
                this::requireLease);
    }

    private String base() {
        return parameters.settings().clusterName();
    }

    private Stacks stacks() {
        return new Stacks(aws.cloudFormation());
    }

    private EksView eks() {
        return new EksView(aws.eks());
    }

    private RebuildRecords records() {
        return new RebuildRecords(aws.s3(), bucket);
    }

    private void requireLease(RecoveryScope scope) {
        LeaseStore.requireHeld(aws.s3(), bucket, scope.target().name(), scope.token());
    }
}
