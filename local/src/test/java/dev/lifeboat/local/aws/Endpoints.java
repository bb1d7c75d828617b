package dev.lifeboat.local.aws;

import dev.lifeboat.local.storage.BlockStorage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** CloudFormation, EKS and EC2 alone, a second of theirs a millisecond here, with clusters that only note what is done to them. */
final class Endpoints implements AutoCloseable {
    static final double COMPRESSION = 1000;

    final List<String> hosted = new CopyOnWriteArrayList<>();
    final Map<String, Boolean> isolated = new ConcurrentHashMap<>();
    final ClusterFaults faults = new ClusterFaults();
    final SecurityGroups groups = new SecurityGroups();
    final Stacks stacks;
    final BlockStorage storage;
    private final Front front = new Front(unknown -> {});

    Endpoints(Path directory) {
        Clock clock = Clock.systemUTC();
        storage = new BlockStorage(directory, clock, COMPRESSION);
        var eks = new EksInventory(new Notes(), groups, faults, clock);
        var others = new PlainResources(clock);
        stacks = new Stacks(
                List.of(new EksResources(eks, others), new SecurityGroupResources(groups), others),
                clock,
                new Pace(COMPRESSION));
        front.add("eks", new EksApi(eks));
        front.add("ec2", new Ec2Api(storage, groups, clock));
        front.add("cloudformation", new CloudFormationApi(stacks));
    }

    URI endpoint() {
        return front.endpoint();
    }

    List<String> unknownRequests() {
        return front.unknownRequests();
    }

    static <B extends AwsClientBuilder<B, C>, C> C client(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDLOCAL", "local")))
                .build();
    }

    @Override
    public void close() {
        stacks.close();
        front.close();
    }

    private final class Notes implements ClusterHost {
        @Override
        public EksCluster create(String cluster) {
            hosted.add("create " + cluster);
            return new EksCluster("https://127.0.0.1:6443", "Q0E=");
        }

        @Override
        public void join(String cluster, List<String> zones) {
            hosted.add("join " + cluster + " " + zones);
        }

        @Override
        public void drain(String cluster) {
            hosted.add("drain " + cluster);
        }

        @Override
        public void isolate(String cluster, boolean closed) {
            isolated.put(cluster, closed);
        }

        @Override
        public void delete(String cluster) {
            hosted.add("delete " + cluster);
        }
    }
}
