package dev.lifeboat.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Turns each resource of the template into what the local runner makes of it. */
final class ResourceReader {
    /** Types that mean nothing on one machine without accounts: access, encryption, networks, logs, mail. */
    static final Set<String> WITHOUT_LOCAL_MEANING = Set.of(
            "AWS::KMS::Key",
            "AWS::KMS::Alias",
            "AWS::IAM::Role",
            "AWS::IAM::Policy",
            "AWS::IAM::ManagedPolicy",
            "AWS::EKS::AccessEntry",
            "AWS::EKS::PodIdentityAssociation",
            "AWS::Lambda::Permission",
            "AWS::Logs::LogGroup",
            "AWS::S3::BucketPolicy",
            "AWS::SNS::TopicPolicy",
            "AWS::SNS::Subscription",
            "AWS::SQS::Queue",
            "AWS::SQS::QueuePolicy",
            "AWS::EC2::SecurityGroup",
            "AWS::EC2::SecurityGroupIngress",
            "AWS::EC2::SecurityGroupEgress",
            "AWS::CloudWatch::Dashboard");

    private static final String[] FUNCTION_WITHOUT_MEANING = {
        "Description",
        "Runtime",
        "Architectures",
        "Tracing",
        "AutoPublishAlias",
        "SnapStart",
        "LoggingConfig",
        "VpcConfig",
        "Policies",
        "Role",
        "FunctionName",
        "Tags",
        "PermissionsBoundary",
        "KmsKeyArn",
        "EphemeralStorage",
        "DeadLetterQueue",
        "DeploymentPreference",
        "AutoPublishAliasAllProperties",
        "VersionDescription",
        "RecursiveLoop",
        "PropagateTags",
        "RuntimeManagementConfig"
    };

    private final Template template;
    private final EventReader events;
    private final JsonNode root;
    private final PhysicalNames names;
    private final Path directory;

    ResourceReader(Template template, JsonNode root, PhysicalNames names, Path directory) {
        this.template = template;
        this.events = new EventReader(template);
        this.root = root;
        this.names = names;
        this.directory = directory;
    }

    void read() {
        root.path("Resources").properties().forEach(e -> {
            String condition = e.getValue().path("Condition").asText(null);
            if (condition == null || names.intrinsics().condition(condition)) {
                resource(e.getKey(), e.getValue());
            }
        });
    }

    private void resource(String id, JsonNode resource) {
        String type = resource.path("Type").asText();
        if (WITHOUT_LOCAL_MEANING.contains(type)) {
            template.leftOut(id, type);
            return;
        }
        JsonNode raw = type.equals("AWS::Serverless::Function") ? withGlobals(resource) : resource.path("Properties");
        Properties p = new Properties(id, names.intrinsics().resolve(raw, id));
        switch (type) {
            case "AWS::Serverless::Function" -> function(id, p);
            case "AWS::Serverless::StateMachine" -> machine(id, p);
            case "AWS::S3::Bucket" -> bucket(id, p);
            case "AWS::SNS::Topic" -> template.addTopic(id, names.arn(id, type));
            case "AWS::SSM::Parameter" -> template.addParameter(names.name(id), p.text("Value"));
            case "AWS::SecretsManager::Secret" -> template.addSecret(names.name(id), p.text("SecretString", null));
            case "AWS::CloudWatch::Alarm" -> template.add(AlarmReader.read(names.name(id), p));
            case "AWS::Events::Rule" -> events.eventsRule(id, names.name(id), p.without("Name"));
            case "AWS::Scheduler::Schedule" -> events.schedulerSchedule(id, names.name(id), p);
            default ->
                throw new TemplateException("Resource '" + id + "' has the type " + type
                        + ", which the local runner neither plays nor knows to be without local meaning.");
        }
    }

    /** Source: SAM specification, Globals: maps are merged, everything else is replaced. */
    private JsonNode withGlobals(JsonNode resource) {
        ObjectNode merged = root.path("Globals").path("Function").isObject()
                ? root.path("Globals").path("Function").deepCopy()
                : com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        merge(merged, resource.path("Properties"));
        return merged;
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(e -> {
            if (into.get(e.getKey()) instanceof ObjectNode below && e.getValue().isObject()) {
                merge(below, e.getValue());
            } else {
                into.set(e.getKey(), e.getValue());
            }
        });
    }

    private void function(String id, Properties p) {
        String arn = names.arn(id, "AWS::Serverless::Function");
        String alias = names.alias(id);
        String target = alias == null ? arn : arn + ":" + alias;
        Map<String, String> environment = p.child("Environment").texts("Variables");
        Properties async = p.child("EventInvokeConfig");
        JsonNode failure = async.node("DestinationConfig").path("OnFailure");
        if (!failure.isMissingNode() && !failure.path("Type").asText().equals("SNS")) {
            throw new TemplateException(id + ".EventInvokeConfig.DestinationConfig.OnFailure is of the type '"
                    + failure.path("Type").asText() + "', supported here is SNS alone.");
        }
        int reserved = p.node("ReservedConcurrentExecutions").asInt(-1);
        template.add(new FunctionResource(
                id,
                names.name(id),
                arn,
                alias,
                directory.resolve(p.text("CodeUri")),
                p.text("Handler"),
                environment,
                Duration.ofSeconds(p.node("Timeout").asInt(3)),
                p.node("MemorySize").asInt(128),
                reserved < 0 ? OptionalInt.empty() : OptionalInt.of(reserved),
                async.node("MaximumRetryAttempts").asInt(2),
                failure.path("Destination").asText(null)));
        async.without("MaximumEventAgeInSeconds").end();
        samEvents(id, target, p.node("Events"));
        p.without(FUNCTION_WITHOUT_MEANING).end();
    }

    private void machine(String id, Properties p) {
        String arn = names.arn(id, "AWS::Serverless::StateMachine");
        p.mustBe("Type", "STANDARD");
        template.add(new MachineResource(
                id,
                names.name(id),
                arn,
                directory.resolve(p.text("DefinitionUri")),
                p.texts("DefinitionSubstitutions")));
        samEvents(id, arn, p.node("Events"));
        p.without("Name", "Role", "Policies", "Logging", "Tracing", "Tags", "PermissionsBoundary")
                .end();
    }

    private void samEvents(String owner, String arn, JsonNode attached) {
        for (Map.Entry<String, JsonNode> e : attached.properties()) {
            events.samEvent(
                    owner,
                    arn,
                    e.getKey(),
                    e.getValue().path("Type").asText(),
                    new Properties(owner + "." + e.getKey(), e.getValue().path("Properties")));
        }
    }

    private void bucket(String id, Properties p) {
        JsonNode notification = p.node("NotificationConfiguration");
        Properties known = new Properties(id + ".NotificationConfiguration", notification);
        boolean toEventBridge = known.child("EventBridgeConfiguration")
                .node("EventBridgeEnabled")
                .asBoolean(notification.has("EventBridgeConfiguration"));
        known.end();
        JsonNode properties =
                names.intrinsics().resolve(root.path("Resources").path(id).path("Properties"), id);
        template.add(new BucketResource(
                id,
                names.name(id),
                p.node("VersioningConfiguration").path("Status").asText().equals("Enabled"),
                toEventBridge,
                List.of(),
                properties));
    }
}
