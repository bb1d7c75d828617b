package dev.lifeboat.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

/** The longest value that each parameter of a template allows; one that sets no limit is refused. */
final class LongestParameters implements Intrinsics.References {
    /** A subnet in each zone of the region that has most. */
    private static final int SUBNETS = 6;
    /** "VpcConfig" in Lambda's reference. */
    private static final int SECURITY_GROUPS = 5;

    private final JsonNode parameters;

    LongestParameters(JsonNode parameters) {
        this.parameters = parameters;
    }

    @Override
    public JsonNode ref(String name) {
        JsonNode parameter = parameters.path(name);
        return switch (parameter.path("Type").asText()) {
            case "List<AWS::EC2::Subnet::Id>" -> repeated("subnet-", SUBNETS);
            case "List<AWS::EC2::SecurityGroup::Id>" -> repeated("sg-", SECURITY_GROUPS);
            case "Number" -> TextNode.valueOf(limit(name, "MaxValue").asText());
            case "String" ->
                TextNode.valueOf("x".repeat(limit(name, "MaxLength").asInt()));
            default -> null;
        };
    }

    private JsonNode limit(String name, String limit) {
        JsonNode value = parameters.path(name).path(limit);
        if (value.isMissingNode()) {
            throw new AssertionError("Parameter " + name + " has no " + limit + ".");
        }
        return value;
    }

    private static ArrayNode repeated(String prefix, int count) {
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < count; i++) {
            ids.add(prefix + "0123456789abcdef0");
        }
        return ids;
    }

    @Override
    public String attribute(String logicalId, String attribute) {
        return null;
    }
}
