package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Security groups, and rules that stand for themselves.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroup.html">
 *     AWS::EC2::SecurityGroup</a>
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroupingress.html">
 *     AWS::EC2::SecurityGroupIngress</a>
 */
final class SecurityGroupResources implements ResourceKind {
    private static final String GROUP = "AWS::EC2::SecurityGroup";
    private static final String INGRESS = "AWS::EC2::SecurityGroupIngress";
    private static final String EGRESS = "AWS::EC2::SecurityGroupEgress";

    private final SecurityGroups groups;
    /** Group and id of the rule, by the resource's physical id. */
    private final Map<String, String[]> rules = new ConcurrentHashMap<>();

    SecurityGroupResources(SecurityGroups groups) {
        this.groups = groups;
    }

    @Override
    public boolean plays(String type) {
        return List.of(GROUP, INGRESS, EGRESS).contains(type);
    }

    @Override
    public String create(Stack stack, Stack.Resource resource, JsonNode properties) {
        if (!resource.type.equals(GROUP)) {
            SecurityGroups.Rule rule = groups.authorize(
                    properties.path("GroupId").asText(), rule(properties, resource.type.equals(EGRESS)));
            String id = rule.id() + "-" + UUID.randomUUID().toString().substring(0, 8);
            rules.put(id, new String[] {properties.path("GroupId").asText(), rule.id()});
            return id;
        }
        Map<String, String> tags = new HashMap<>();
        properties
                .path("Tags")
                .forEach(tag ->
                        tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        tags.put("aws:cloudformation:stack-name", stack.name());
        String id = groups.create(
                properties
                        .path("GroupName")
                        .asText(stack.name() + "-" + resource.logicalId + "-"
                                + UUID.randomUUID().toString().substring(0, 8)),
                properties.path("GroupDescription").asText(),
                properties.path("VpcId").asText(""),
                tags);
        properties.path("SecurityGroupIngress").forEach(rule -> groups.authorize(id, rule(rule, false)));
        return id;
    }

    private static SecurityGroups.Rule rule(JsonNode given, boolean egress) {
        String protocol = given.path("IpProtocol").asText("-1");
        String cidr = given.path("CidrIp").asText(null);
        String group = given.path(egress ? "DestinationSecurityGroupId" : "SourceSecurityGroupId")
                .asText(null);
        return new SecurityGroups.Rule(
                "",
                egress,
                protocol,
                given.path("FromPort").asInt(-1),
                given.path("ToPort").asInt(-1),
                cidr,
                group,
                given.path("Description").asText(""));
    }

    @Override
    public boolean ready(Stack stack, Stack.Resource resource) {
        return true;
    }

    @Override
    public String attribute(Stack.Resource resource, String name) {
        return List.of("GroupId", "Id").contains(name) ? resource.physicalId : null;
    }

    @Override
    public void delete(Stack stack, Stack.Resource resource) {
        if (resource.type.equals(GROUP)) {
            groups.delete(resource.physicalId);
            return;
        }
        String[] rule = rules.remove(resource.physicalId);
        if (rule != null) {
            try {
                groups.revoke(rule[0], rule[1]);
            } catch (ApiException e) {
                // Gone already, by hand or with its group.
                return;
            }
        }
    }

    @Override
    public boolean gone(Stack.Resource resource) {
        return groups.all().stream().noneMatch(group -> group.id().equals(resource.physicalId));
    }
}
