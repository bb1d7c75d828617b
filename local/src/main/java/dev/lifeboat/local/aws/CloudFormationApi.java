package dev.lifeboat.local.aws;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * CloudFormation in its query protocol. Source: AWS CloudFormation API reference, CreateStack, DescribeStacks, DescribeStackEvents,
 * DescribeStackResources, DeleteStack, ListStacks, ListExports. Lists are never longer than a page.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html">Actions</a>
 */
final class CloudFormationApi implements Service {
    static final String NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/";
    /** What a request may say besides; anything else would be left out in silence. */
    private static final Set<String> KNOWN = Set.of(
            "Action",
            "Version",
            "StackName",
            "TemplateBody",
            "Parameters",
            "Tags",
            "Capabilities",
            "ClientRequestToken",
            "OnFailure",
            "TimeoutInMinutes",
            // Nobody is held to what a role may do here.
            "RoleARN",
            "StackStatusFilter",
            "LogicalResourceId",
            "NextToken");

    private final Stacks stacks;

    CloudFormationApi(Stacks stacks) {
        this.stacks = stacks;
    }

    @Override
    public void handle(Request request) throws IOException {
        Map<String, String> form = request.form();
        String action = form.getOrDefault("Action", "");
        form.keySet().forEach(field -> {
            if (!KNOWN.contains(field.split("\\.", 2)[0])) {
                throw new UnknownRequestException(request.describe() + " Action=" + action + " with " + field);
            }
        });
        String result = switch (action) {
            case "CreateStack" -> Xml.text("StackId", stacks.create(creation(form)));
            case "DescribeStacks" -> describe(form.get("StackName"));
            case "DescribeStackEvents" -> events(required(form, "StackName"));
            case "DescribeStackResources" -> resources(form);
            case "ListStacks" -> list(QueryForm.list(form, "StackStatusFilter.member"));
            case "ListExports" -> exports();
            case "DeleteStack" -> {
                stacks.delete(required(form, "StackName"));
                yield "";
            }
            default -> throw new UnknownRequestException(request.describe() + " Action=" + action);
        };
        request.reply(
                200,
                "text/xml",
                Xml.element(
                        action + "Response",
                        NAMESPACE,
                        "<" + action + "Result>" + result + "</" + action + "Result><ResponseMetadata><RequestId>"
                                + UUID.randomUUID() + "</RequestId></ResponseMetadata>"));
    }

    private static String required(Map<String, String> form, String field) {
        String value = form.getOrDefault(field, "");
        if (value.isEmpty()) {
            throw ApiException.badRequest("ValidationError", field + " is required");
        }
        return value;
    }

    private static StackRequest creation(Map<String, String> form) {
        String name = required(form, "StackName");
        if (!name.matches("[a-zA-Z][-a-zA-Z0-9]{0,127}")) {
            throw ApiException.badRequest(
                    "ValidationError",
                    "1 validation error detected: Value '" + name
                            + "' at 'stackName' failed to satisfy constraint: Member must"
                            + " satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
        }
        if (required(form, "TemplateBody").getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 51_200) {
            throw ApiException.badRequest(
                    "ValidationError",
                    "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length"
                            + " less than or equal to 51200");
        }
        String minutes = form.get("TimeoutInMinutes");
        return new StackRequest(
                name,
                form.get("TemplateBody"),
                QueryForm.pairs(form, "Parameters.member", "ParameterKey", "ParameterValue"),
                QueryForm.pairs(form, "Tags.member", "Key", "Value"),
                new HashSet<>(QueryForm.list(form, "Capabilities.member")),
                form.getOrDefault("ClientRequestToken", ""),
                form.getOrDefault("OnFailure", "ROLLBACK"),
                minutes == null ? null : Duration.ofMinutes(Long.parseLong(minutes)));
    }

    private String describe(String nameOrId) {
        List<Stack> found = nameOrId == null
                ? stacks.all().stream().filter(stack -> !stack.gone()).toList()
                : List.of(stacks.find(nameOrId));
        return Xml.list("Stacks", "member", found, CloudFormationApi::stack);
    }

    private static String stack(Stack stack) {
        synchronized (stack) {
            return Xml.text("StackId", stack.id)
                    + Xml.text("StackName", stack.name())
                    + Xml.text("CreationTime", time(stack.createdAt))
                    + Xml.text("DeletionTime", stack.deletedAt == null ? null : time(stack.deletedAt))
                    + Xml.text("StackStatus", stack.status)
                    + Xml.text("StackStatusReason", stack.reason)
                    + Xml.text("DisableRollback", stack.request.onFailure().equals("DO_NOTHING"))
                    + Xml.list(
                            "Parameters",
                            "member",
                            stack.request.parameters().entrySet(),
                            each -> Xml.text("ParameterKey", each.getKey())
                                    + Xml.text("ParameterValue", each.getValue()))
                    + Xml.list("Tags", "member", stack.request.tags().entrySet(), CloudFormationApi::tag)
                    + Xml.list("Capabilities", "member", stack.request.capabilities(), Xml::escape)
                    + Xml.list(
                            "Outputs",
                            "member",
                            stack.outputs.entrySet(),
                            each -> Xml.text("OutputKey", each.getKey())
                                    + Xml.text("OutputValue", each.getValue().value())
                                    + Xml.text("Description", each.getValue().description())
                                    + Xml.text("ExportName", each.getValue().export()));
        }
    }

    private static String tag(Map.Entry<String, String> tag) {
        return Xml.text("Key", tag.getKey()) + Xml.text("Value", tag.getValue());
    }

    /** The newest first. */
    private String events(String nameOrId) {
        Stack stack = stacks.find(nameOrId);
        List<Stack.Event> newest;
        synchronized (stack) {
            newest = new ArrayList<>(stack.events);
        }
        java.util.Collections.reverse(newest);
        return Xml.list(
                "StackEvents",
                "member",
                newest,
                event -> Xml.text("StackId", stack.id)
                        + Xml.text("StackName", stack.name())
                        + Xml.text("EventId", event.id())
                        + Xml.text("LogicalResourceId", event.logicalId())
                        + Xml.text("PhysicalResourceId", event.physicalId())
                        + Xml.text("ResourceType", event.type())
                        + Xml.text("Timestamp", time(event.at()))
                        + Xml.text("ResourceStatus", event.status())
                        + Xml.text("ResourceStatusReason", event.reason()));
    }

    private String resources(Map<String, String> form) {
        Stack stack = stacks.find(required(form, "StackName"));
        String only = form.get("LogicalResourceId");
        synchronized (stack) {
            List<Stack.Resource> found = stack.resources.values().stream()
                    .filter(resource -> !resource.status.isEmpty())
                    .filter(resource -> only == null || only.equals(resource.logicalId))
                    .toList();
            return Xml.list(
                    "StackResources",
                    "member",
                    found,
                    resource -> Xml.text("StackId", stack.id)
                            + Xml.text("StackName", stack.name())
                            + Xml.text("LogicalResourceId", resource.logicalId)
                            + Xml.text("PhysicalResourceId", resource.physicalId)
                            + Xml.text("ResourceType", resource.type)
                            + Xml.text("Timestamp", time(resource.at))
                            + Xml.text("ResourceStatus", resource.status)
                            + Xml.text("ResourceStatusReason", resource.reason));
        }
    }

    private String list(List<String> statuses) {
        List<Stack> found = stacks.all().stream()
                .filter(stack -> statuses.isEmpty() || statuses.contains(stack.status))
                .toList();
        return Xml.list("StackSummaries", "member", found, stack -> {
            synchronized (stack) {
                return Xml.text("StackId", stack.id)
                        + Xml.text("StackName", stack.name())
                        + Xml.text("CreationTime", time(stack.createdAt))
                        + Xml.text("DeletionTime", stack.deletedAt == null ? null : time(stack.deletedAt))
                        + Xml.text("StackStatus", stack.status)
                        + Xml.text("StackStatusReason", stack.reason);
            }
        });
    }

    private String exports() {
        Map<String, String> exports = new LinkedHashMap<>();
        for (Stack stack : stacks.all()) {
            stack.outputs.values().stream()
                    .filter(output -> output.export() != null)
                    .forEach(output -> exports.put(
                            output.export(),
                            Xml.text("ExportingStackId", stack.id)
                                    + Xml.text("Name", output.export())
                                    + Xml.text("Value", output.value())));
        }
        return Xml.list("Exports", "member", exports.values(), each -> each);
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
