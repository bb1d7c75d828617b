package dev.lifeboat.orchestrator.cluster;

import static dev.lifeboat.contract.Shell.quoted;

import dev.lifeboat.lambda.AwsFaults;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * What outlives an old cluster and its stack, each with the command that deletes it: no machine does. Volumes and snapshots hold data, and
 * whether anything else is led to the load balancer only a person knows.
 */
final class LeftBehind {
    private final Ec2Client ec2;

    LeftBehind(Ec2Client ec2) {
        this.ec2 = ec2;
    }

    /** @return one line each */
    List<String> of(String target, RebuildRecord record) {
        List<String> left = new ArrayList<>();
        String cluster = record.generation().previous();
        left.add(loadBalancer(cluster, record.fence()));
        try {
            ec2.describeVolumesPaginator(r -> r.filters(filter("tag:KubernetesCluster", cluster))).volumes().stream()
                    .map(volume -> "Volume " + volume.volumeId() + " (" + volume.size() + " GiB): aws ec2 delete-volume"
                            + " --volume-id " + volume.volumeId())
                    .forEach(left::add);
            ec2
                    .describeSnapshotsPaginator(
                            r -> r.ownerIds("self").filters(filter("tag:" + Generations.TARGET_TAG, target)))
                    .snapshots()
                    .stream()
                    .map(snapshot -> "Snapshot " + snapshot.snapshotId() + " of " + snapshot.volumeId()
                            + ": aws ec2 delete-snapshot --snapshot-id " + snapshot.snapshotId())
                    .forEach(left::add);
        } catch (SdkException e) {
            throw AwsFaults.translate("find what is left of cluster " + cluster, e);
        }
        return left;
    }

    private static String loadBalancer(String cluster, RebuildRecord.Fence fence) {
        if (fence == null || fence.loadBalancer() == null) {
            return "Its load balancer, if there is one: aws resourcegroupstaggingapi get-resources --resource-type-filters"
                    + " elasticloadbalancing:loadbalancer --tag-filters "
                    + quoted("Key=kubernetes.io/cluster/" + cluster)
                    + "; then aws elbv2 delete-load-balancer --load-balancer-arn with the ARN that it prints";
        }
        String query = "LoadBalancers[?DNSName=='" + fence.loadBalancer() + "'].LoadBalancerArn";
        return "Load balancer " + fence.loadBalancer()
                + ": aws elbv2 delete-load-balancer --load-balancer-arn \"$(aws elbv2"
                + " describe-load-balancers --output text --query \"" + query + "\")\"";
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
