package dev.lifeboat.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * What {@code Ref} and {@code Fn::GetAtt} give for each resource. Source: CloudFormation User Guide, "Return values" of
 * each resource type, and the SAM specification for the aliases and roles that it makes.
 */
final class PhysicalNames implements Intrinsics.References {
    /** The property that holds a resource's own name, by type. */
    private static final Map<String, String> NAME_PROPERTY = Map.of(
            "AWS::Serverless::Function", "FunctionName",
            "AWS::Serverless::StateMachine", "Name",
            "AWS::S3::Bucket", "BucketName",
            "AWS::SNS::Topic", "TopicName",
            "AWS::SSM::Parameter", "Name",
            "AWS::SecretsManager::Secret", "Name",
            "AWS::CloudWatch::Alarm", "AlarmName",
            "AWS::Events::Rule", "Name",
            "AWS::Scheduler::Schedule", "Name");

    private static final Map<String, String> PSEUDO = Map.of(
            "AWS::Region",
            Arns.REGION,
            "AWS::AccountId",
            Arns.ACCOUNT,
            "AWS::Partition",
            "aws",
            "AWS::StackName",
            "lifeboat",
            "AWS::StackId",
            Arns.arn("cloudformation", "stack/lifeboat/local"),
            "AWS::URLSuffix",
            "amazonaws.com");

    private final JsonNode template;
    private final Parameters parameters;
    private final Intrinsics intrinsics;

    PhysicalNames(JsonNode template, Parameters parameters) {
        this.template = template;
        this.parameters = parameters;
        this.intrinsics = new Intrinsics(template, this);
    }

    Intrinsics intrinsics() {
        return intrinsics;
    }

    /** The name that the resource's own property gives, else its logical id. */
    String name(String logicalId) {
        JsonNode resource = template.path("Resources").path(logicalId);
        String property = NAME_PROPERTY.get(resource.path("Type").asText());
        JsonNode name = property == null
                ? resource.path("none")
                : resource.path("Properties").path(property);
        if (!name.isMissingNode()) {
            return intrinsics.resolve(name, logicalId + "." + property).asText();
        }
        if (resource.path("Type").asText().equals("AWS::KMS::Key")) {
            return UUID.nameUUIDFromBytes(logicalId.getBytes(StandardCharsets.UTF_8))
                    .toString();
        }
        // Bucket names are lower-case.
        return resource.path("Type").asText().equals("AWS::S3::Bucket")
                ? logicalId.toLowerCase(java.util.Locale.ROOT)
                : logicalId;
    }

    @Override
    public JsonNode ref(String name) {
        if (PSEUDO.containsKey(name)) {
            return TextNode.valueOf(PSEUDO.get(name));
        }
        JsonNode parameter = parameters.get(name);
        if (parameter != null) {
            return parameter;
        }
        String made = madeBySam(name);
        if (made != null) {
            return TextNode.valueOf(made);
        }
        JsonNode type = template.path("Resources").path(name).path("Type");
        return type.isMissingNode() ? null : TextNode.valueOf(refOf(name, type.asText()));
    }

    private String refOf(String logicalId, String type) {
        return switch (type) {
            case "AWS::Serverless::StateMachine", "AWS::SNS::Topic", "AWS::SecretsManager::Secret" ->
                arn(logicalId, type);
            default -> name(logicalId);
        };
    }

    /** {@code X.Alias} and {@code X.Version} of a function, {@code XRole} of a function or state machine. */
    private String madeBySam(String name) {
        int dot = name.indexOf('.');
        if (dot > 0 && isFunction(name.substring(0, dot))) {
            String function = name.substring(0, dot);
            return switch (name.substring(dot + 1)) {
                case "Alias" -> arn(function, "AWS::Serverless::Function") + ":" + alias(function);
                case "Version" -> arn(function, "AWS::Serverless::Function") + ":1";
                default -> null;
            };
        }
        return null;
    }

    /** The alias that SAM publishes; null when the function has none. */
    String alias(String function) {
        JsonNode own =
                template.path("Resources").path(function).path("Properties").path("AutoPublishAlias");
        JsonNode alias =
                own.isMissingNode() ? template.path("Globals").path("Function").path("AutoPublishAlias") : own;
        return alias.asText(null);
    }

    private boolean isFunction(String logicalId) {
        return template.path("Resources").path(logicalId).path("Type").asText().equals("AWS::Serverless::Function");
    }

    @Override
    public String attribute(String logicalId, String attribute) {
        JsonNode resource = template.path("Resources").path(logicalId);
        if (resource.isMissingNode()) {
            return logicalId.endsWith("Role") && attribute.equals("Arn") ? roleOf(logicalId) : null;
        }
        return switch (attribute) {
            case "Arn", "TopicArn" -> arn(logicalId, resource.path("Type").asText());
            case "Name", "TopicName" -> name(logicalId);
            default -> null;
        };
    }

    private String roleOf(String logicalId) {
        String owner = logicalId.substring(0, logicalId.length() - "Role".length());
        return template.path("Resources").has(owner) ? "arn:aws:iam::" + Arns.ACCOUNT + ":role/" + logicalId : null;
    }

    /** The resource's ARN; for what has no local meaning one that names the logical id. */
    String arn(String logicalId, String type) {
        String name = name(logicalId);
        return switch (type) {
            case "AWS::Serverless::Function" -> Arns.function(name);
            case "AWS::Serverless::StateMachine" -> Arns.stateMachine(name);
            case "AWS::SNS::Topic" -> Arns.topic(name);
            case "AWS::S3::Bucket" -> Arns.bucket(name);
            case "AWS::CloudWatch::Alarm" -> Arns.alarm(name);
            case "AWS::Events::Rule" -> Arns.arn("events", "rule/" + name);
            case "AWS::Scheduler::Schedule" -> Arns.arn("scheduler", "schedule/default/" + name);
            case "AWS::SSM::Parameter" -> Arns.arn("ssm", "parameter/" + name.replaceFirst("^/", ""));
            case "AWS::SecretsManager::Secret" -> Arns.arn("secretsmanager", "secret:" + name + "-local0");
            case "AWS::KMS::Key" -> Arns.arn("kms", "key/" + name);
            case "AWS::IAM::Role" -> "arn:aws:iam::" + Arns.ACCOUNT + ":role/" + name;
            default -> Arns.arn(type.split("::", -1)[1].toLowerCase(java.util.Locale.ROOT), name);
        };
    }
}
