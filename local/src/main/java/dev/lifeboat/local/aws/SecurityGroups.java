package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The security groups of the account and their rules. A cluster's pods are reached while one of its groups lets anything in.
 * Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html">Security group rules</a>
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html">Cluster security group</a>
 */
final class SecurityGroups {
    /** The tag that EKS puts on the group that it creates for a cluster. */
    static final String CLUSTER_TAG = "aws:eks:cluster-name";

    private final Map<String, Group> groups = new LinkedHashMap<>();
    private Runnable changed = () -> {};

    /**
     * A rule.
     *
     * @param id such as {@code sgr-0123456789abcdef0}
     * @param egress whether it lets out; else it lets in
     * @param protocol {@code tcp}, {@code udp}, or {@code -1} for all
     * @param from first port, -1 for all
     * @param to last port, -1 for all
     * @param cidr from or to which addresses; null when it names a group
     * @param group from or to which group; null when it names addresses
     * @param description may be empty
     */
    record Rule(
            String id,
            boolean egress,
            String protocol,
            int from,
            int to,
            String cidr,
            String group,
            String description) {
        /** Whether it says the same, whatever its id and description. */
        boolean same(Rule other) {
            return egress == other.egress
                    && protocol.equals(other.protocol)
                    && from == other.from
                    && to == other.to
                    && java.util.Objects.equals(cidr, other.cidr)
                    && java.util.Objects.equals(group, other.group);
        }
    }

    /** A group. */
    record Group(String id, String name, String description, String vpc, Map<String, String> tags, List<Rule> rules) {}

    /** Called after each change, without a lock. */
    void changed(Runnable listener) {
        changed = listener;
    }

    synchronized String create(String name, String description, String vpc, Map<String, String> tags) {
        String id = id("sg");
        var rules = new ArrayList<Rule>(List.of(new Rule(id("sgr"), true, "-1", -1, -1, "0.0.0.0/0", null, "")));
        groups.put(id, new Group(id, name, description, vpc, new LinkedHashMap<>(tags), rules));
        return id;
    }

    /** The group that EKS creates for a cluster: all of it may talk to all of it. */
    synchronized String createForCluster(String cluster, JsonNode properties) {
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        String id = create(
                "eks-cluster-sg-" + cluster + "-" + suffix,
                "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any "
                        + "managed workloads.",
                properties.path("ResourcesVpcConfig").path("VpcId").asText(""),
                Map.of(CLUSTER_TAG, cluster, "kubernetes.io/cluster/" + cluster, "owned"));
        groups.get(id).rules().add(new Rule(id("sgr"), false, "-1", -1, -1, null, id, ""));
        return id;
    }

    /** Whether nothing gets into any group of the cluster. False when it has none. */
    synchronized boolean closed(String cluster) {
        List<Group> own = groups.values().stream()
                .filter(group -> cluster.equals(group.tags().get(CLUSTER_TAG)))
                .toList();
        return !own.isEmpty()
                && own.stream().allMatch(group -> group.rules().stream().allMatch(Rule::egress));
    }

    synchronized List<Group> all() {
        return groups.values().stream()
                .map(group -> new Group(
                        group.id(),
                        group.name(),
                        group.description(),
                        group.vpc(),
                        Map.copyOf(group.tags()),
                        List.copyOf(group.rules())))
                .toList();
    }

    /** @throws ApiException when there is no such group, or it has that rule */
    Rule authorize(String id, Rule given) {
        Rule rule = new Rule(
                id("sgr"),
                given.egress(),
                given.protocol(),
                given.from(),
                given.to(),
                given.cidr(),
                given.group(),
                given.description());
        synchronized (this) {
            Group group = group(id);
            if (group.rules().stream().anyMatch(rule::same)) {
                throw ApiException.badRequest(
                        "InvalidPermission.Duplicate", "the specified rule \"" + rule + "\" already exists");
            }
            group.rules().add(rule);
        }
        changed.run();
        return rule;
    }

    /** @throws ApiException when there is no such group or rule */
    void revoke(String id, Rule given) {
        synchronized (this) {
            if (!group(id).rules().removeIf(given::same)) {
                throw ApiException.badRequest(
                        "InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
            }
        }
        changed.run();
    }

    /** @throws ApiException when there is no such group or rule */
    void revoke(String id, String rule) {
        synchronized (this) {
            if (!group(id).rules().removeIf(each -> each.id().equals(rule))) {
                throw ApiException.badRequest(
                        "InvalidSecurityGroupRuleId.NotFound",
                        "The security group rule ID '" + rule + "' does not exist");
            }
        }
        changed.run();
    }

    synchronized void delete(String id) {
        groups.remove(id);
    }

    private Group group(String id) {
        Group group = groups.get(id);
        if (group == null) {
            throw ApiException.badRequest("InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
        }
        return group;
    }

    private static String id(String prefix) {
        return prefix + "-0" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }
}
