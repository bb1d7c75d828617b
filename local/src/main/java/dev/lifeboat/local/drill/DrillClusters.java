package dev.lifeboat.local.drill;

import dev.lifeboat.local.aws.ClusterHost;
import dev.lifeboat.local.aws.EksCluster;
import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.kubernetes.CloudCluster;
import dev.lifeboat.local.kubernetes.EmbeddedKubernetes;
import dev.lifeboat.local.kubernetes.KubernetesOptions;
import dev.lifeboat.local.storage.BlockStorage;
import io.fabric8.kubernetes.api.model.Node;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The clusters of the account, each an embedded one, with the volumes that outlive them. Thread-safe. */
final class DrillClusters implements ClusterHost, AutoCloseable {
    /** What the add-ons run in kube-system, by the names that their pods begin with. */
    private static final List<String> SYSTEM = List.of("coredns", "aws-node", "ebs-csi-controller");

    private final BlockStorage storage;
    private final Function<CloudCluster, KubernetesOptions> options;
    private final Map<String, EmbeddedKubernetes> clusters = new ConcurrentHashMap<>();

    /** @param options of a cluster of the cloud */
    DrillClusters(BlockStorage storage, Function<CloudCluster, KubernetesOptions> options) {
        this.storage = storage;
        this.options = options;
        storage.freezer(this::hold);
    }

    /** Whichever of them has the volume holds it; for the others it is none of their business. */
    private void hold(String volume, Runnable copy) {
        Runnable held = copy;
        for (EmbeddedKubernetes each : clusters.values()) {
            Runnable inner = held;
            held = () -> each.hold(volume, inner);
        }
        held.run();
    }

    BlockStorage storage() {
        return storage;
    }

    Collection<EmbeddedKubernetes> all() {
        return List.copyOf(clusters.values());
    }

    /** @throws DrillFailure when there is none of that name */
    EmbeddedKubernetes get(String name) {
        EmbeddedKubernetes found = clusters.get(name);
        if (found == null) {
            throw new DrillFailure("There is no cluster " + name + ", only " + clusters.keySet() + ".");
        }
        return found;
    }

    /** Addresses of the load balancers of all clusters, by their host names. */
    Map<String, String> loadBalancers() {
        Map<String, String> addresses = new TreeMap<>();
        clusters.values().forEach(cluster -> addresses.putAll(cluster.loadBalancerAddresses()));
        return addresses;
    }

    @Override
    public EksCluster create(String name) {
        EmbeddedKubernetes cluster = clusters.computeIfAbsent(
                name,
                any -> EmbeddedKubernetes.start(
                        options.apply(new CloudCluster(name, storage, EmbeddedCloud.SECRET_ACCESS_KEY))));
        return new EksCluster(
                cluster.endpoint().toString(),
                Base64.getEncoder()
                        .encodeToString(cluster.certificateAuthority().getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void join(String name, List<String> zones) {
        EmbeddedKubernetes cluster = get(name);
        if (cluster.list(Node.class, "").isEmpty()) {
            cluster.join(zones);
            cluster.apply(SYSTEM.stream().map(DrillClusters::addon).collect(Collectors.joining("---\n")));
        }
    }

    private static String addon(String name) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: kube-system}
                spec:
                  replicas: 1
                  selector: {matchLabels: {k8s-app: %1$s}}
                  template:
                    metadata: {labels: {k8s-app: %1$s}}
                    spec:
                      containers: [{name: %1$s, image: eks/%1$s, ports: [{containerPort: 8080}]}]
                """.formatted(name);
    }

    @Override
    public void drain(String name) {
        EmbeddedKubernetes cluster = clusters.get(name);
        if (cluster != null) {
            cluster.drain();
        }
    }

    @Override
    public void isolate(String name, boolean isolated) {
        EmbeddedKubernetes cluster = clusters.get(name);
        if (cluster != null) {
            cluster.isolate(isolated);
        }
    }

    @Override
    public void delete(String name) {
        EmbeddedKubernetes cluster = clusters.remove(name);
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    public void close() {
        clusters.values().forEach(EmbeddedKubernetes::close);
    }
}
