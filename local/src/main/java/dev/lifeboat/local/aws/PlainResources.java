package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.local.template.Arns;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Resources of every other type: they have an id and the attributes that a template asks for, and do nothing. Each takes five
 * seconds of the cloud's time.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html">Resource types</a>
 */
final class PlainResources implements ResourceKind {
    /** Prefixes of the ids of Amazon EC2's resources. Source: Amazon EC2 User Guide, "Resource IDs". */
    private static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry("AWS::EC2::VPC", "vpc"),
            Map.entry("AWS::EC2::Subnet", "subnet"),
            Map.entry("AWS::EC2::InternetGateway", "igw"),
            Map.entry("AWS::EC2::NatGateway", "nat"),
            Map.entry("AWS::EC2::EIP", "eipalloc"),
            Map.entry("AWS::EC2::RouteTable", "rtb"),
            Map.entry("AWS::EC2::FlowLog", "fl"),
            Map.entry("AWS::EC2::VPCEndpoint", "vpce"),
            Map.entry("AWS::EC2::LaunchTemplate", "lt"),
            Map.entry("AWS::EC2::NetworkAcl", "acl"));

    private static final List<String> NAMES = List.of(
            "RoleName",
            "ManagedPolicyName",
            "LogGroupName",
            "AliasName",
            "TopicName",
            "BucketName",
            "LaunchTemplateName",
            "Name");

    private final Clock clock;
    private final Map<String, Made> made = new ConcurrentHashMap<>();

    private record Made(String type, JsonNode properties, Instant readyAt) {}

    PlainResources(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean plays(String type) {
        return true;
    }

    @Override
    public String create(Stack stack, Stack.Resource resource, JsonNode properties) {
        String id = id(stack, resource, properties);
        if (resource.type.equals("AWS::Logs::LogGroup") && made.containsKey(id)) {
            throw ApiException.badRequest(
                    "AlreadyExists",
                    "Resource of type 'AWS::Logs::LogGroup' with identifier '" + id + "' already exists.");
        }
        made.put(id, new Made(resource.type, properties, clock.instant().plus(stack.pace.of(Pace.OTHER))));
        return id;
    }

    private static String id(Stack stack, Stack.Resource resource, JsonNode properties) {
        String random = UUID.randomUUID().toString().replace("-", "");
        String prefix = PREFIXES.get(resource.type);
        if (prefix != null) {
            return prefix + "-0" + random.substring(0, 16);
        }
        if (resource.type.equals("AWS::KMS::Key")) {
            return UUID.randomUUID().toString();
        }
        String name = NAMES.stream()
                .filter(properties::has)
                .findFirst()
                .map(property -> properties.path(property).asText())
                .orElse(stack.name() + "-" + resource.logicalId + "-" + random.substring(0, 12));
        return resource.type.equals("AWS::IAM::ManagedPolicy") ? arn("iam", "policy/" + name) : name;
    }

    private static String arn(String service, String name) {
        // IAM knows no regions.
        return service.equals("iam") ? "arn:aws:iam::" + Arns.ACCOUNT + ":" + name : Arns.arn(service, name);
    }

    /** The availability zone of a subnet. */
    String zone(String subnet) {
        Made found = made.get(subnet);
        return found == null
                ? Arns.REGION + "a"
                : found.properties().path("AvailabilityZone").asText(Arns.REGION + "a");
    }

    @Override
    public boolean ready(Stack stack, Stack.Resource resource) {
        Made found = made.get(resource.physicalId);
        return found != null && !clock.instant().isBefore(found.readyAt());
    }

    @Override
    public String attribute(Stack.Resource resource, String name) {
        Made found = made.get(resource.physicalId);
        JsonNode property = found == null ? null : found.properties().get(name);
        if (property != null && property.isValueNode()) {
            return property.asText();
        }
        if (name.endsWith("Arn")) {
            return attributeArn(resource);
        }
        if (name.equals("LatestVersionNumber") || name.equals("DefaultVersionNumber")) {
            return "1";
        }
        return name.endsWith("Id") || name.endsWith("Name") ? resource.physicalId : null;
    }

    private static String attributeArn(Stack.Resource resource) {
        if (resource.physicalId.startsWith("arn:")) {
            return resource.physicalId;
        }
        String[] type = resource.type.split("::", -1);
        String kind = type[2].replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        // A log group's ends with all of its streams.
        return type[1].equals("Logs")
                ? arn("logs", "log-group:" + resource.physicalId + ":*")
                : arn(type[1].toLowerCase(Locale.ROOT), kind + "/" + resource.physicalId);
    }

    @Override
    public void delete(Stack stack, Stack.Resource resource) {
        made.remove(resource.physicalId);
    }

    @Override
    public boolean gone(Stack.Resource resource) {
        return !made.containsKey(resource.physicalId);
    }
}
