package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.lambda.AwsFaults;
import dev.lifeboat.orchestrator.cluster.ClusterResults.StackState;
import dev.lifeboat.orchestrator.cluster.ClusterResults.StackStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** CloudFormation's stacks, as far as a rebuild needs them. Follows the CloudFormation API reference. */
final class Stacks {
    private static final int MOST_EVENTS = 10;
    /** EKS takes about 15 minutes; CloudFormation itself gives up after these. */
    private static final int MINUTES = 45;

    private final CloudFormationClient cloudFormation;

    Stacks(CloudFormationClient cloudFormation) {
        this.cloudFormation = cloudFormation;
    }

    /** The names of all stacks that begin with a text and are not deleted. */
    List<String> names(String prefix) {
        try {
            return cloudFormation.listStacksPaginator(r -> {}).stackSummaries().stream()
                    .filter(each -> each.stackName().startsWith(prefix))
                    .filter(each -> !each.stackStatusAsString().equals("DELETE_COMPLETE"))
                    .map(StackSummary::stackName)
                    .distinct()
                    .toList();
        } catch (SdkException e) {
            throw AwsFaults.translate("list stacks", e);
        }
    }

    /** A stack that is not deleted. */
    Optional<Stack> find(String nameOrId) {
        try {
            return cloudFormation.describeStacks(r -> r.stackName(nameOrId)).stacks().stream()
                    .filter(each -> !each.stackStatusAsString().equals("DELETE_COMPLETE"))
                    .findFirst();
        } catch (CloudFormationException e) {
            if (e.statusCode() == 400 && e.getMessage().contains("does not exist")) {
                return Optional.empty();
            }
            throw AwsFaults.translate("describe stack " + nameOrId, e);
        } catch (SdkException e) {
            throw AwsFaults.translate("describe stack " + nameOrId, e);
        }
    }

    /** The stack that made a cluster: the one whose output ClusterName is the cluster's. */
    Optional<Stack> ofCluster(String prefix, String cluster) {
        return names(prefix).stream()
                .flatMap(name -> find(name).stream())
                .filter(stack -> cluster.equals(output(stack, "ClusterName")))
                .findFirst();
    }

    /** An output's value, null when there is none. */
    static String output(Stack stack, String key) {
        return stack.outputs().stream()
                .filter(each -> each.outputKey().equals(key))
                .map(each -> each.outputValue())
                .findFirst()
                .orElse(null);
    }

    /** A tag's value, null when there is none. */
    static String tag(Stack stack, String key) {
        return stack.tags().stream()
                .filter(each -> each.key().equals(key))
                .map(Tag::value)
                .findFirst()
                .orElse(null);
    }

    /**
     * What is asked for when a stack is created.
     *
     * @param name the stack's
     * @param template its text
     * @param parameters by name
     * @param tags by key
     * @param role the ARN of the role that CloudFormation acts as
     * @param requestToken two requests with the same are one
     */
    record Creation(
            String name,
            String template,
            Map<String, String> parameters,
            Map<String, String> tags,
            String role,
            String requestToken) {}

    /**
     * The role that CloudFormation makes and deletes clusters as: an output of the roles' stack.
     *
     * @param base the first cluster's name
     * @throws MisconfiguredException when there is none
     */
    String clusterRole(String base) {
        return find(base + "-iam")
                .map(stack -> output(stack, "ClusterStackRoleArn"))
                .orElseThrow(() -> new MisconfiguredException(
                        "There is no stack " + base + "-iam with an output ClusterStackRoleArn.",
                        "Create or update it from config/cloudformation/iam-roles.yaml."));
    }

    /** Begins a stack. One that is there is left as it is. */
    void create(Creation creation) {
        try {
            cloudFormation.createStack(r -> r.stackName(creation.name())
                    .templateBody(creation.template())
                    .parameters(creation.parameters().entrySet().stream()
                            .map(each -> Parameter.builder()
                                    .parameterKey(each.getKey())
                                    .parameterValue(each.getValue())
                                    .build())
                            .toList())
                    .tags(creation.tags().entrySet().stream()
                            .map(each -> Tag.builder()
                                    .key(each.getKey())
                                    .value(each.getValue())
                                    .build())
                            .toList())
                    .capabilities(Capability.CAPABILITY_IAM, Capability.CAPABILITY_NAMED_IAM)
                    .onFailure(OnFailure.ROLLBACK)
                    .timeoutInMinutes(MINUTES)
                    .roleARN(creation.role())
                    .clientRequestToken(creation.requestToken()));
        } catch (AlreadyExistsException e) {
            return; // by an earlier call of this recovery, or by one that died
        } catch (SdkException e) {
            throw AwsFaults.translate("create stack " + creation.name(), e);
        }
    }

    /**
     * Begins to delete a stack. One that is being deleted, or is gone, is left as it is.
     *
     * @param role the ARN of the role that CloudFormation acts as
     */
    void delete(String id, String role, String requestToken) {
        try {
            cloudFormation.deleteStack(r -> r.stackName(id).roleARN(role).clientRequestToken(requestToken));
        } catch (SdkException e) {
            throw AwsFaults.translate("delete stack " + id, e);
        }
    }

    /** How far a stack is, with what failed in it. */
    StackState state(String name) {
        Optional<Stack> found = find(name);
        if (found.isEmpty()) {
            return new StackState(name, null, StackStatus.ABSENT, "There is no such stack.", List.of());
        }
        Stack stack = found.get();
        StackStatus status = status(stack.stackStatusAsString());
        String reason = stack.stackStatusAsString()
                + (stack.stackStatusReason() == null ? "." : ": " + stack.stackStatusReason());
        return new StackState(
                name, stack.stackId(), status, reason, status == StackStatus.COMPLETE ? List.of() : failures(stack));
    }

    /** "Stack status codes" of the CloudFormation user guide. */
    static StackStatus status(String code) {
        return switch (code) {
            case "DELETE_COMPLETE" -> StackStatus.ABSENT;
            case "DELETE_IN_PROGRESS" -> StackStatus.DELETING;
            case "CREATE_IN_PROGRESS", "REVIEW_IN_PROGRESS", "UPDATE_IN_PROGRESS", "IMPORT_IN_PROGRESS" ->
                StackStatus.CREATING;
            default -> {
                boolean stays =
                        code.startsWith("UPDATE_") || code.startsWith("IMPORT_") || code.equals("CREATE_COMPLETE");
                yield stays ? StackStatus.COMPLETE : StackStatus.FAILED;
            }
        };
    }

    private List<String> failures(Stack stack) {
        List<String> failures = new ArrayList<>();
        try {
            Stream<StackEvent> events =
                    cloudFormation
                            .describeStackEventsPaginator(r -> r.stackName(stack.stackId()))
                            .stackEvents()
                            .stream();
            events.filter(each -> each.resourceStatusAsString() != null
                            && each.resourceStatusAsString().endsWith("_FAILED"))
                    .filter(each -> !isCancelled(each))
                    .map(each ->
                            each.logicalResourceId() + " (" + each.resourceType() + "): " + each.resourceStatusReason())
                    .forEach(failures::add);
        } catch (SdkException e) {
            throw AwsFaults.translate("read the events of stack " + stack.stackName(), e);
        }
        // The newest comes first, and the first that failed is what brought the others about.
        Collections.reverse(failures);
        return failures.size() > MOST_EVENTS ? failures.subList(0, MOST_EVENTS) : failures;
    }

    private static boolean isCancelled(StackEvent event) {
        String reason = String.valueOf(event.resourceStatusReason()).toLowerCase(Locale.ROOT);
        return reason.contains("resource creation cancelled");
    }
}
