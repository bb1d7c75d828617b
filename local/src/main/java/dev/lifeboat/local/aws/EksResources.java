package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.local.template.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Clusters, node groups and add-ons.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-eks-cluster.html">AWS::EKS::Cluster</a>
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-eks-nodegroup.html">
 *     AWS::EKS::Nodegroup</a>
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-eks-addon.html">AWS::EKS::Addon</a>
 */
final class EksResources implements ResourceKind {
    private static final String CLUSTER = "AWS::EKS::Cluster";
    private static final String NODE_GROUP = "AWS::EKS::Nodegroup";
    private static final String ADDON = "AWS::EKS::Addon";

    private final EksInventory inventory;
    private final PlainResources others;

    /** @param others know the subnets' zones */
    EksResources(EksInventory inventory, PlainResources others) {
        this.inventory = inventory;
        this.others = others;
    }

    @Override
    public boolean plays(String type) {
        return List.of(CLUSTER, NODE_GROUP, ADDON).contains(type);
    }

    @Override
    public String create(Stack stack, Stack.Resource resource, JsonNode properties) {
        switch (resource.type) {
            case CLUSTER -> {
                String name = properties.path("Name").asText(generated(stack, resource));
                inventory.createCluster(name, properties, stack.pace);
                return name;
            }
            case NODE_GROUP -> {
                String cluster = properties.path("ClusterName").asText();
                String name = properties.path("NodegroupName").asText(generated(stack, resource));
                inventory.createNodeGroup(cluster, name, properties, zones(properties), stack.pace);
                return cluster + "/" + name;
            }
            default -> {
                String cluster = properties.path("ClusterName").asText();
                String name = properties.path("AddonName").asText();
                inventory.createAddon(cluster, name, properties, stack.pace);
                return cluster + "|" + name;
            }
        }
    }

    private static String generated(Stack stack, Stack.Resource resource) {
        return stack.name() + "-" + resource.logicalId + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    /** One for each node: as many as are desired, over the subnets in turn. */
    private List<String> zones(JsonNode properties) {
        List<String> subnets = StreamSupport.stream(properties.path("Subnets").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        int desired = properties.path("ScalingConfig").path("DesiredSize").asInt(2);
        List<String> zones = new ArrayList<>();
        for (int i = 0; i < desired; i++) {
            zones.add(subnets.isEmpty() ? Arns.REGION + "a" : others.zone(subnets.get(i % subnets.size())));
        }
        return zones;
    }

    @Override
    public boolean ready(Stack stack, Stack.Resource resource) {
        EksInventory.Part part = part(resource);
        if (part == null) {
            throw ApiException.badRequest("NotFound", resource.type + " " + resource.physicalId + " is gone");
        }
        if (part.status.equals("CREATE_FAILED")) {
            throw ApiException.badRequest("NotStabilized", part.failure);
        }
        return part.status.equals("ACTIVE");
    }

    /** Null when there is none. */
    private EksInventory.Part part(Stack.Resource resource) {
        String[] id = resource.physicalId.split("[/|]", 2);
        EksInventory.Cluster cluster = inventory.find(id[0]);
        if (cluster == null || resource.type.equals(CLUSTER)) {
            return cluster;
        }
        synchronized (inventory) {
            return (resource.type.equals(NODE_GROUP) ? cluster.nodeGroups : cluster.addons).get(id[1]);
        }
    }

    @Override
    public String attribute(Stack.Resource resource, String name) {
        String[] id = resource.physicalId.split("[/|]", 2);
        if (resource.type.equals(CLUSTER)) {
            return clusterAttribute(id[0], name);
        }
        String kind = resource.type.equals(NODE_GROUP) ? "nodegroup" : "addon";
        return switch (name) {
            case "Arn" -> Arns.arn("eks", kind + "/" + id[0] + "/" + id[1]);
            case "Id" -> resource.physicalId;
            case "ClusterName" -> id[0];
            case "NodegroupName" -> resource.type.equals(NODE_GROUP) ? id[1] : null;
            default -> null;
        };
    }

    private String clusterAttribute(String cluster, String name) {
        EksInventory.Cluster found = inventory.cluster(cluster);
        return switch (name) {
            case "Arn" -> Arns.arn("eks", "cluster/" + cluster);
            case "Endpoint" -> found.access.get().endpoint();
            case "CertificateAuthorityData" -> found.access.get().certificateAuthorityData();
            case "ClusterSecurityGroupId" -> found.securityGroup;
            case "OpenIdConnectIssuerUrl" ->
                "https://oidc.eks." + Arns.REGION + ".amazonaws.com/id/"
                        + UUID.nameUUIDFromBytes(cluster.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .toString()
                                .replace("-", "")
                                .toUpperCase(java.util.Locale.ROOT);
            default -> null;
        };
    }

    @Override
    public void delete(Stack stack, Stack.Resource resource) {
        String[] id = resource.physicalId.split("[/|]", 2);
        switch (resource.type) {
            case CLUSTER -> inventory.delete(id[0], stack.pace);
            case NODE_GROUP -> inventory.deleteNodeGroup(id[0], id[1]);
            default -> inventory.deleteAddon(id[0], id[1]);
        }
    }

    @Override
    public boolean gone(Stack.Resource resource) {
        return part(resource) == null;
    }
}
