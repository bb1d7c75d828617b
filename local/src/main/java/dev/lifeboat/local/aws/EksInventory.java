package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The account's EKS clusters, with their node groups and add-ons, as they come up and go over time. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html#AmazonEKS-Type-Cluster-status">Cluster,
 *     status</a>
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html">Nodegroup, status and health</a>
 */
final class EksInventory {
    private final ClusterHost host;
    private final SecurityGroups groups;
    private final ClusterFaults faults;
    private final Clock clock;
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();

    /** Something that takes time to come and to go. */
    static class Part {
        final String name;
        final JsonNode properties;
        final Instant createdAt;
        Instant dueAt;
        String status = "CREATING";
        /** Why it will not come up; null when it will. */
        String failure;

        Part(String name, JsonNode properties, Instant createdAt, Instant dueAt) {
            this.name = name;
            this.properties = properties;
            this.createdAt = createdAt;
            this.dueAt = dueAt;
        }
    }

    /** A cluster and what belongs to it. */
    static final class Cluster extends Part {
        final Map<String, Part> nodeGroups = new LinkedHashMap<>();
        final Map<String, Part> addons = new LinkedHashMap<>();
        Supplier<EksCluster> access;
        String securityGroup = "";

        Cluster(String name, JsonNode properties, Instant createdAt, Instant dueAt) {
            super(name, properties, createdAt, dueAt);
        }
    }

    EksInventory(ClusterHost host, SecurityGroups groups, ClusterFaults faults, Clock clock) {
        this.host = host;
        this.groups = groups;
        this.faults = faults;
        this.clock = clock;
        groups.changed(this::followSecurityGroups);
    }

    /** A cluster that exists from the start and that nobody created. */
    synchronized void add(String name, Supplier<EksCluster> access) {
        Instant now = clock.instant();
        var cluster = new Cluster(name, JsonNodeFactory.instance.objectNode(), now, now);
        cluster.status = "ACTIVE";
        cluster.access = access;
        clusters.put(name, cluster);
    }

    /** @throws ApiException as EKS refuses */
    void createCluster(String name, JsonNode properties, Pace pace) {
        synchronized (this) {
            if (find(name) != null) {
                throw ApiException.badRequest("ResourceInUseException", "Cluster already exists with name: " + name);
            }
            if (faults.take(ClusterFault.CLUSTER_QUOTA)) {
                throw ApiException.badRequest(
                        "ResourceLimitExceededException",
                        "Cluster limit exceeded: the account's quota of clusters is used up");
            }
            Instant now = clock.instant();
            clusters.put(name, new Cluster(name, properties, now, now.plus(pace.of(Pace.CLUSTER))));
        }
        String group = groups.createForCluster(name, properties);
        EksCluster access = host.create(name);
        synchronized (this) {
            Cluster cluster = clusters.get(name);
            cluster.securityGroup = group;
            cluster.access = () -> access;
            settle();
        }
    }

    /** @param zones the availability zones of its subnets */
    synchronized void createNodeGroup(
            String clusterName, String name, JsonNode properties, List<String> zones, Pace pace) {
        Cluster cluster = active(clusterName);
        if (cluster.nodeGroups.containsKey(name)) {
            throw ApiException.badRequest("ResourceInUseException", "NodeGroup already exists with name " + name);
        }
        boolean never = faults.take(ClusterFault.NODES_NEVER_JOIN);
        Instant now = clock.instant();
        Duration time = pace.of(never ? Pace.NODE_GROUP_GIVES_UP : Pace.NODE_GROUP);
        var group = new NodeGroup(name, properties, now, now.plus(time), zones);
        group.failure = never ? "NodeCreationFailure: Instances failed to join the kubernetes cluster" : null;
        cluster.nodeGroups.put(name, group);
    }

    private static final class NodeGroup extends Part {
        final List<String> zones;

        NodeGroup(String name, JsonNode properties, Instant createdAt, Instant dueAt, List<String> zones) {
            super(name, properties, createdAt, dueAt);
            this.zones = List.copyOf(zones);
        }
    }

    synchronized void createAddon(String clusterName, String name, JsonNode properties, Pace pace) {
        Cluster cluster = active(clusterName);
        Instant now = clock.instant();
        cluster.addons.put(name, new Part(name, properties, now, now.plus(pace.of(Pace.ADDON))));
    }

    private Cluster active(String name) {
        Cluster cluster = cluster(name);
        if (!cluster.status.equals("ACTIVE")) {
            throw ApiException.badRequest("InvalidRequestException", "Cluster " + name + " is not in ACTIVE status");
        }
        return cluster;
    }

    /** @throws ApiException when there is no such cluster */
    synchronized Cluster cluster(String name) {
        settle();
        Cluster cluster = clusters.get(name);
        if (cluster == null) {
            throw new ApiException(404, "ResourceNotFoundException", "No cluster found for name: " + name + ".");
        }
        return cluster;
    }

    /** Null when there is none. */
    synchronized Cluster find(String name) {
        settle();
        return clusters.get(name);
    }

    synchronized List<String> names() {
        settle();
        return List.copyOf(clusters.keySet());
    }

    synchronized void delete(String name, Pace pace) {
        Cluster cluster = find(name);
        if (cluster != null && !cluster.status.equals("DELETING")) {
            cluster.status = "DELETING";
            cluster.dueAt = clock.instant().plus(pace.of(Pace.CLUSTER_DELETION));
        }
    }

    /** It is gone, behind the back of whoever created it. */
    synchronized void lose(String name) {
        clusters.remove(name);
    }

    void deleteNodeGroup(String clusterName, String name) {
        synchronized (this) {
            Cluster cluster = find(clusterName);
            if (cluster == null || cluster.nodeGroups.remove(name) == null) {
                return;
            }
        }
        host.drain(clusterName);
    }

    synchronized void deleteAddon(String clusterName, String name) {
        Cluster cluster = find(clusterName);
        if (cluster != null) {
            cluster.addons.remove(name);
        }
    }

    /** Lets what is due happen. */
    private void settle() {
        Instant now = clock.instant();
        List<Cluster> gone = new ArrayList<>();
        for (Cluster cluster : clusters.values()) {
            if (cluster.status.equals("DELETING") && !now.isBefore(cluster.dueAt)) {
                gone.add(cluster);
            } else if (cluster.access != null) {
                arrive(cluster, now);
            }
            for (Part group : cluster.nodeGroups.values()) {
                if (arrive(group, now)) {
                    host.join(cluster.name, ((NodeGroup) group).zones);
                }
            }
            cluster.addons.values().forEach(addon -> arrive(addon, now));
        }
        gone.forEach(cluster -> {
            clusters.remove(cluster.name);
            groups.delete(cluster.securityGroup);
            host.delete(cluster.name);
        });
    }

    /** Whether it has come up just now. */
    private static boolean arrive(Part part, Instant now) {
        if (!part.status.equals("CREATING") || now.isBefore(part.dueAt)) {
            return false;
        }
        part.status = part.failure == null ? "ACTIVE" : "CREATE_FAILED";
        return part.failure == null;
    }

    private void followSecurityGroups() {
        List<String> names;
        synchronized (this) {
            names = List.copyOf(clusters.keySet());
        }
        names.forEach(name -> host.isolate(name, groups.closed(name)));
    }
}
