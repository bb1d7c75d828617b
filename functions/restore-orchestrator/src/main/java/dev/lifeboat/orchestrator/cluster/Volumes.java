package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.lambda.AwsFaults;
import dev.lifeboat.orchestrator.cluster.ClusterResults.SnapshotState;
import dev.lifeboat.orchestrator.cluster.ClusterResults.VolumeBrought;
import dev.lifeboat.orchestrator.cluster.ClusterResults.VolumeSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/**
 * PostgreSQL's volume, which outlives its cluster. Found by the tags that the EBS CSI driver sets ("Tagging" of the driver's
 * documentation). It is read alone: what is brought into the next generation is a copy.
 */
final class Volumes {
    private static final String CLAIM_TAG = "kubernetes.io/created-for/pvc/name";
    private static final String NAMESPACE_TAG = "kubernetes.io/created-for/pvc/namespace";
    private static final String CLUSTER_TAG = "KubernetesCluster";
    private static final String INCIDENT_TAG = "lifeboat:incident";
    private static final String TARGET_TAG = "lifeboat:target";

    private final Ec2Client ec2;
    private final Function<RecoveryScope, Optional<RebuildRecord>> records;
    private final Consumer<RecoveryScope> lease;

    /**
     * @param records says how far the rebuild is; empty before it was begun
     * @param lease throws when the lease is not the scope's any more
     */
    Volumes(Ec2Client ec2, Function<RecoveryScope, Optional<RebuildRecord>> records, Consumer<RecoveryScope> lease) {
        this.ec2 = ec2;
        this.records = records;
        this.lease = lease;
    }

    /**
     * Takes a snapshot, once for a recovery. Another one that goes on with the rebuild takes a newer one; none does any more once the old
     * cluster is out of use beside the new one, whose own data users may have changed since.
     *
     * @param claims what the claim of PostgreSQL's pod may be called: the newest volume counts
     */
    VolumeSnapshot snapshot(RecoveryScope scope, List<String> claims) {
        lease.accept(scope);
        if (records.apply(scope).filter(Volumes::hasHandedOver).isPresent()) {
            return new VolumeSnapshot(
                    SnapshotState.NONE,
                    null,
                    null,
                    "The old cluster is out of use, and the new one has the data of its volume or of a backup.");
        }
        // Of a cluster that was rebuilt in place, both the old volume and the new one have its name.
        Optional<Volume> volume = claims.stream()
                .flatMap(claim -> ofClaim(scope, claim).stream())
                .max(Comparator.comparing(Volume::createTime));
        if (volume.isEmpty()) {
            return new VolumeSnapshot(
                    SnapshotState.NONE,
                    null,
                    null,
                    "No volume has the tags of claim " + String.join(" or ", claims) + " of cluster "
                            + scope.target().cluster() + ".");
        }
        String id = volume.get().volumeId();
        return state(id, taken(scope, id).orElseGet(() -> take(scope, id)));
    }

    private static boolean hasHandedOver(RebuildRecord record) {
        return record.finishedAt() == null
                && record.hasPutOutOfUse()
                && !record.generation().inPlace();
    }

    private Optional<Volume> ofClaim(RecoveryScope scope, String claim) {
        try {
            return ec2
                    .describeVolumesPaginator(r -> r.filters(
                            filter("tag:" + CLAIM_TAG, claim),
                            filter("tag:" + NAMESPACE_TAG, scope.target().namespace()),
                            filter("tag:" + CLUSTER_TAG, scope.target().cluster())))
                    .volumes()
                    .stream()
                    // A claim that was made anew has left its older volume behind.
                    .max(Comparator.comparing(Volume::createTime));
        } catch (SdkException e) {
            throw AwsFaults.translate("find the volume of claim " + claim, e);
        }
    }

    private Optional<Snapshot> taken(RecoveryScope scope, String volume) {
        try {
            return ec2
                    .describeSnapshotsPaginator(r -> r.ownerIds("self")
                            .filters(filter("volume-id", volume), filter("tag:" + INCIDENT_TAG, scope.incident())))
                    .snapshots()
                    .stream()
                    .min(Comparator.comparing(Snapshot::startTime));
        } catch (SdkException e) {
            throw AwsFaults.translate("find the snapshots of volume " + volume, e);
        }
    }

    private Snapshot take(RecoveryScope scope, String volume) {
        try {
            String id = ec2.createSnapshot(r -> r.volumeId(volume)
                            .description(
                                    "Before the rebuild of " + scope.target().cluster())
                            .tagSpecifications(tags(ResourceType.SNAPSHOT, scope, Map.of())))
                    .snapshotId();
            return ec2.describeSnapshots(r -> r.snapshotIds(id)).snapshots().get(0);
        } catch (SdkException e) {
            throw AwsFaults.translate("take a snapshot of volume " + volume, e);
        }
    }

    private static VolumeSnapshot state(String volume, Snapshot snapshot) {
        SnapshotState state = switch (snapshot.stateAsString()) {
            case "completed" -> SnapshotState.READY;
            case "error" -> SnapshotState.FAILED;
            default -> SnapshotState.PENDING;
        };
        String reason = "Snapshot " + snapshot.snapshotId() + " of " + volume + " is " + snapshot.stateAsString()
                + (snapshot.progress() == null || snapshot.progress().isEmpty() ? "" : ", " + snapshot.progress())
                + ".";
        return new VolumeSnapshot(state, volume, snapshot.snapshotId(), reason);
    }

    /**
     * Makes a volume of a snapshot, once for a recovery. It has the tags that the CSI driver gives to those that it makes itself: when this
     * cluster is lost, too, its volume is found by them.
     *
     * @param cluster which gets it
     * @param claim of PostgreSQL's pod there
     * @param zones where the generation's nodes are, not empty
     * @throws MisconfiguredException when EBS could not make it
     */
    VolumeBrought bring(RecoveryScope scope, String cluster, String claim, String snapshot, Set<String> zones) {
        lease.accept(scope);
        Map<String, String> found =
                Map.of(CLAIM_TAG, claim, NAMESPACE_TAG, scope.target().namespace(), CLUSTER_TAG, cluster);
        Volume volume = brought(scope, snapshot).orElseGet(() -> make(scope, snapshot, zone(snapshot, zones), found));
        if (volume.stateAsString().equals("error")) {
            throw new MisconfiguredException(
                    "Volume " + volume.volumeId() + " of snapshot " + snapshot + " came to nothing.",
                    "The backups are restored instead.");
        }
        boolean ready = Set.of("available", "in-use").contains(volume.stateAsString());
        return new VolumeBrought(ready, volume.volumeId(), volume.availabilityZone(), volume.size());
    }

    private Optional<Volume> brought(RecoveryScope scope, String snapshot) {
        try {
            return ec2
                    .describeVolumesPaginator(r ->
                            r.filters(filter("snapshot-id", snapshot), filter("tag:" + INCIDENT_TAG, scope.incident())))
                    .volumes()
                    .stream()
                    .min(Comparator.comparing(Volume::createTime));
        } catch (SdkException e) {
            throw AwsFaults.translate("find the volumes of snapshot " + snapshot, e);
        }
    }

    /** Where the old one was, if the new nodes are there too: any other is as good. */
    private String zone(String snapshot, Set<String> zones) {
        try {
            String old = ec2.describeSnapshots(r -> r.snapshotIds(snapshot)).snapshots().stream()
                    .findFirst()
                    .map(Snapshot::volumeId)
                    .orElse("");
            return ec2.describeVolumesPaginator(r -> r.filters(filter("volume-id", old))).volumes().stream()
                    .map(Volume::availabilityZone)
                    .filter(zones::contains)
                    .findFirst()
                    .orElseGet(() -> zones.stream().sorted().findFirst().orElseThrow());
        } catch (SdkException e) {
            throw AwsFaults.translate("find the volume of snapshot " + snapshot, e);
        }
    }

    private Volume make(RecoveryScope scope, String snapshot, String zone, Map<String, String> found) {
        String token = Generations.requestToken("volume", scope, 1);
        try {
            String id = ec2.createVolume(r -> r.snapshotId(snapshot)
                            .availabilityZone(zone)
                            .volumeType(VolumeType.GP3)
                            .encrypted(true)
                            // EC2 takes 64 characters.
                            .clientToken(token.substring(0, Math.min(64, token.length())))
                            .tagSpecifications(tags(ResourceType.VOLUME, scope, found)))
                    .volumeId();
            return ec2.describeVolumes(r -> r.volumeIds(id)).volumes().get(0);
        } catch (SdkException e) {
            throw AwsFaults.translate("make a volume of snapshot " + snapshot, e);
        }
    }

    private static TagSpecification tags(ResourceType type, RecoveryScope scope, Map<String, String> found) {
        Map<String, String> tags = new TreeMap<>(found);
        tags.put(TARGET_TAG, scope.target().name());
        tags.put(INCIDENT_TAG, scope.incident());
        return TagSpecification.builder()
                .resourceType(type)
                .tags(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
