package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.template.Arns;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/**
 * Source: Amazon EKS API reference, DescribeCluster, ListClusters, DescribeNodegroup, ListNodegroups, DescribeAddon, ListAddons.
 * Lists are never longer than a page.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html">Amazon EKS API reference, Actions</a>
 */
final class EksApi implements Service {
    private final EksInventory inventory;

    EksApi(EksInventory inventory) {
        this.inventory = inventory;
    }

    @Override
    public void handle(Request request) throws IOException {
        String[] path = request.path().split("/", -1);
        if (!request.method().equals("GET") || path.length < 2 || !path[1].equals("clusters")) {
            throw new UnknownRequestException(request.describe());
        }
        JsonNode answer = answer(path);
        if (answer == null) {
            throw new UnknownRequestException(request.describe());
        }
        request.reply(200, "application/json", answer.toString());
    }

    private JsonNode answer(String[] path) {
        if (path.length == 2) {
            return list("clusters", inventory.names());
        }
        EksInventory.Cluster cluster = inventory.cluster(path[2]);
        if (path.length == 3) {
            return cluster(cluster);
        }
        synchronized (inventory) {
            return switch (path[3]) {
                case "node-groups" ->
                    path.length == 4
                            ? list("nodegroups", cluster.nodeGroups.keySet())
                            : nodeGroup(cluster, part(cluster.nodeGroups, path[4], "node group"));
                case "addons" ->
                    path.length == 4
                            ? list("addons", cluster.addons.keySet())
                            : addon(cluster, part(cluster.addons, path[4], "addon"));
                default -> null;
            };
        }
    }

    private static EksInventory.Part part(Map<String, EksInventory.Part> parts, String name, String kind) {
        EksInventory.Part part = parts.get(name);
        if (part == null) {
            throw new ApiException(404, "ResourceNotFoundException", "No " + kind + " found for name: " + name + ".");
        }
        return part;
    }

    private static ObjectNode list(String field, Collection<String> names) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        var array = answer.putArray(field);
        names.forEach(array::add);
        return answer;
    }

    private static ObjectNode cluster(EksInventory.Cluster cluster) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode described = answer.putObject("cluster")
                .put("name", cluster.name)
                .put("arn", Arns.arn("eks", "cluster/" + cluster.name))
                .put("createdAt", cluster.createdAt.toEpochMilli() / 1000.0)
                .put("version", cluster.properties.path("Version").asText("1.33"))
                .put("status", cluster.status);
        // A cluster that is being created has neither.
        if (cluster.access != null && !cluster.status.equals("CREATING")) {
            EksCluster access = cluster.access.get();
            described.put("endpoint", access.endpoint());
            described.putObject("certificateAuthority").put("data", access.certificateAuthorityData());
        }
        JsonNode network = cluster.properties.path("ResourcesVpcConfig");
        ObjectNode vpc = described.putObject("resourcesVpcConfig");
        if (!cluster.securityGroup.isEmpty()) {
            vpc.put("clusterSecurityGroupId", cluster.securityGroup);
        }
        var subnets = vpc.putArray("subnetIds");
        network.path("SubnetIds").forEach(id -> subnets.add(id.asText()));
        var groups = vpc.putArray("securityGroupIds");
        network.path("SecurityGroupIds").forEach(id -> groups.add(id.asText()));
        return answer;
    }

    private static ObjectNode nodeGroup(EksInventory.Cluster cluster, EksInventory.Part group) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode described = described(answer.putObject("nodegroup"), cluster, group, "nodegroup");
        var subnets = described.putArray("subnets");
        group.properties.path("Subnets").forEach(id -> subnets.add(id.asText()));
        issues(described, group, "NodeCreationFailure");
        return answer;
    }

    private static ObjectNode addon(EksInventory.Cluster cluster, EksInventory.Part addon) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode described = described(answer.putObject("addon"), cluster, addon, "addon");
        described.put("addonVersion", addon.properties.path("AddonVersion").asText(""));
        issues(described, addon, "InternalFailure");
        return answer;
    }

    private static ObjectNode described(
            ObjectNode described, EksInventory.Cluster cluster, EksInventory.Part part, String kind) {
        return described
                .put(kind + "Name", part.name)
                .put(kind + "Arn", Arns.arn("eks", kind + "/" + cluster.name + "/" + part.name))
                .put("clusterName", cluster.name)
                .put("createdAt", part.createdAt.toEpochMilli() / 1000.0)
                .put("status", part.status);
    }

    private static void issues(ObjectNode described, EksInventory.Part part, String code) {
        var issues = described.putObject("health").putArray("issues");
        if (part.status.equals("CREATE_FAILED")) {
            issues.addObject().put("code", code).put("message", part.failure.substring(part.failure.indexOf(": ") + 2));
        }
    }
}
