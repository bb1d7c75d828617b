package dev.lifeboat.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Reads rules, schedules and the events that SAM attaches to functions and machines. */
final class EventReader {
    private static final String[] DELIVERY = {"RetryPolicy", "DeadLetterConfig", "RoleArn", "Id", "Target"};

    private final Template template;

    EventReader(Template template) {
        this.template = template;
    }

    /** Source: SAM specification, EventSource. */
    void samEvent(String owner, String arn, String id, String type, Properties p) {
        switch (type) {
            case "EventBridgeRule", "CloudWatchEvent" -> rule(owner + id, arn, p);
            case "Schedule" -> schedule(owner + id, p.text("Schedule"), "rule/", arn, p);
            case "ScheduleV2" -> schedule(owner + id, p.text("ScheduleExpression"), "schedule/default/", arn, p);
            case "S3" -> objectCreated(arn, p);
            default ->
                throw new TemplateException(
                        p.where() + " has the event type '" + type + "', which the local runner does not know.");
        }
        p.end();
    }

    private void rule(String logicalId, String arn, Properties p) {
        p.mustBe("EventBusName", "default");
        template.add(new RuleResource(
                p.text("RuleName", logicalId), enabled(p), p.json("Pattern"), java.util.List.of(target(arn, p))));
    }

    private void schedule(String logicalId, String expression, String kind, String arn, Properties p) {
        String name = p.text("Name", logicalId);
        boolean scheduler = kind.startsWith("schedule");
        p.without("Description", "FlexibleTimeWindow", "PermissionsBoundary", "OmitName");
        template.add(new ScheduleResource(
                name,
                logicalId,
                Arns.arn(scheduler ? "scheduler" : "events", kind + name),
                expression,
                p.text("ScheduleExpressionTimezone", "UTC"),
                enabled(p),
                scheduler,
                target(arn, p)));
    }

    private void objectCreated(String arn, Properties p) {
        String bucket = p.text("Bucket");
        String prefix = "";
        String suffix = "";
        for (JsonNode rule : p.node("Filter").path("S3Key").path("Rules")) {
            if (rule.path("Name").asText().equals("prefix")) {
                prefix = rule.path("Value").asText();
            } else {
                suffix = rule.path("Value").asText();
            }
        }
        JsonNode events = p.node("Events");
        for (String event : events.isTextual() ? java.util.List.of(events.asText()) : p.list("Events")) {
            template.addNotification(bucket, new BucketResource.Notification(event, arn, prefix, suffix));
        }
    }

    /** Source: CloudFormation, AWS::Events::Rule. */
    void eventsRule(String logicalId, String name, Properties p) {
        p.without("Description", "RoleArn").mustBe("EventBusName", "default");
        var targets = p.children("Targets").stream()
                .map(t -> {
                    EventTarget target = target(t.text("Arn"), t);
                    t.end();
                    return target;
                })
                .toList();
        String expression = p.text("ScheduleExpression", null);
        boolean enabled = enabled(p);
        if (expression != null) {
            targets.forEach(t -> template.add(new ScheduleResource(
                    name, logicalId, Arns.arn("events", "rule/" + name), expression, "UTC", enabled, false, t)));
        } else {
            template.add(new RuleResource(name, enabled, p.json("EventPattern"), targets));
        }
        p.end();
    }

    /** Source: CloudFormation, AWS::Scheduler::Schedule. */
    void schedulerSchedule(String logicalId, String name, Properties p) {
        Properties target = p.child("Target");
        template.add(new ScheduleResource(
                name,
                logicalId,
                Arns.arn("scheduler", "schedule/default/" + name),
                p.text("ScheduleExpression"),
                p.text("ScheduleExpressionTimezone", "UTC"),
                enabled(p),
                true,
                target(target.text("Arn"), target)));
        target.end();
        p.without("Name", "Description", "FlexibleTimeWindow", "GroupName", "KmsKeyArn");
        p.end();
    }

    private static boolean enabled(Properties p) {
        return p.node("Enabled").asBoolean(true) && !p.text("State", "ENABLED").startsWith("DISABLED");
    }

    private static EventTarget target(String arn, Properties p) {
        p.without(DELIVERY);
        JsonNode transformer = p.node("InputTransformer");
        Map<String, String> paths = new Properties(p.where(), transformer).texts("InputPathsMap");
        return new EventTarget(
                arn,
                p.json("Input"),
                p.text("InputPath", null),
                paths,
                transformer.path("InputTemplate").asText(null));
    }
}
