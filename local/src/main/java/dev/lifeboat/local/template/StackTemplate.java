package dev.lifeboat.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A template of any resources, as CloudFormation's CreateStack takes it: what is in it, what needs what, and what each property is
 * once that exists. Source: CloudFormation User Guide, template anatomy and intrinsic function reference.
 */
public final class StackTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^!}][^}.]*)(?:\\.[^}]*)?}");

    private final ObjectNode root;
    private final Parameters parameters;
    private final Map<String, String> pseudo;
    private final World world;
    private final Intrinsics intrinsics;

    /** What exists already. */
    public interface World {
        /** What {@code Ref} gives; null while there is no such resource. */
        String physicalId(String logicalId);

        /** What {@code GetAtt} gives; null when there is no such attribute. */
        String attribute(String logicalId, String attribute);

        /** What another stack exports by that name; null when none does. */
        String exported(String name);
    }

    /**
     * What the stack shows of itself.
     *
     * @param value as resolved
     * @param export by which other stacks import it; null when none can
     * @param description may be empty
     */
    public record Output(String value, String export, String description) {}

    private StackTemplate(ObjectNode root, Map<String, String> given, String stack, String id, World world) {
        this.root = root;
        this.world = world;
        this.pseudo = Map.of(
                "AWS::StackName",
                stack,
                "AWS::StackId",
                id,
                "AWS::Region",
                Arns.REGION,
                "AWS::AccountId",
                Arns.ACCOUNT,
                "AWS::Partition",
                "aws",
                "AWS::URLSuffix",
                "amazonaws.com");
        checkParameters(root.path("Parameters"), given);
        this.parameters = new Parameters(root.path("Parameters"), given);
        this.intrinsics = new Intrinsics(root, new Found());
    }

    /**
     * Reads a template.
     *
     * @param body YAML or JSON
     * @param given the parameters of the request
     * @param stack its name
     * @param id its ARN
     * @throws TemplateException in the words of CloudFormation where it has some
     */
    public static StackTemplate parse(String body, Map<String, String> given, String stack, String id, World world) {
        ObjectNode root = TemplateYaml.read(body, "The template of stack " + stack);
        if (!root.path("Resources").isObject() || root.path("Resources").isEmpty()) {
            throw new TemplateException("Template format error: At least one Resources member must be defined.");
        }
        return new StackTemplate(root, given, stack, id, world);
    }

    private static void checkParameters(JsonNode definitions, Map<String, String> given) {
        Set<String> missing = new TreeSet<>();
        definitions.properties().forEach(parameter -> {
            if (!given.containsKey(parameter.getKey())
                    && parameter.getValue().path("Default").isMissingNode()) {
                missing.add(parameter.getKey());
            }
        });
        if (!missing.isEmpty()) {
            throw new TemplateException("Parameters: " + missing + " must have values");
        }
        Set<String> unknown = new TreeSet<>(given.keySet());
        definitions.fieldNames().forEachRemaining(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new TemplateException("Parameters: " + unknown + " do not exist in the template");
        }
    }

    /** Every resource whose condition holds, with its type. */
    public Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        root.path("Resources").properties().forEach(resource -> {
            String condition = resource.getValue().path("Condition").asText(null);
            if (condition == null || intrinsics.condition(condition)) {
                types.put(resource.getKey(), resource.getValue().path("Type").asText());
            }
        });
        return types;
    }

    /** The resources that have to exist before this one. */
    public Set<String> needs(String logicalId) {
        JsonNode resource = root.path("Resources").path(logicalId);
        Set<String> all = types().keySet();
        Set<String> needs = new LinkedHashSet<>();
        JsonNode explicit = resource.path("DependsOn");
        if (explicit.isTextual()) {
            needs.add(explicit.asText());
        } else {
            explicit.forEach(name -> needs.add(name.asText()));
        }
        collect(resource.path("Properties"), needs::add);
        needs.retainAll(all);
        needs.remove(logicalId);
        return needs;
    }

    private static void collect(JsonNode node, Consumer<String> needs) {
        if (node.isObject() && node.size() == 1) {
            String function = node.fieldNames().next();
            JsonNode argument = node.get(function);
            if (function.equals("Ref")) {
                needs.accept(argument.asText());
            } else if (function.equals("Fn::GetAtt")) {
                needs.accept(
                        argument.isArray()
                                ? argument.get(0).asText()
                                : argument.asText().split("\\.", 2)[0]);
            } else if (function.equals("Fn::Sub")) {
                Matcher names =
                        PLACEHOLDER.matcher(argument.isArray() ? argument.get(0).asText() : argument.asText());
                while (names.find()) {
                    needs.accept(names.group(1).strip());
                }
            }
        }
        node.forEach(child -> collect(child, needs));
    }

    /**
     * The resource's properties.
     *
     * @throws TemplateException when they name what does not exist
     */
    public JsonNode properties(String logicalId) {
        JsonNode properties = root.path("Resources").path(logicalId).path("Properties");
        return intrinsics.resolve(properties, logicalId + ".Properties");
    }

    /** What becomes of the resource when it is removed from the stack: Delete, Retain, … */
    public String deletionPolicy(String logicalId) {
        return root.path("Resources").path(logicalId).path("DeletionPolicy").asText("Delete");
    }

    /** By name, of outputs whose condition holds; after all resources exist. */
    public Map<String, Output> outputs() {
        Map<String, Output> outputs = new TreeMap<>();
        root.path("Outputs").properties().forEach(output -> {
            JsonNode definition = output.getValue();
            String where = "Outputs." + output.getKey();
            String condition = definition.path("Condition").asText(null);
            if (condition == null || intrinsics.condition(condition)) {
                JsonNode export = definition.path("Export").path("Name");
                outputs.put(
                        output.getKey(),
                        new Output(
                                text(intrinsics.resolve(definition.path("Value"), where)),
                                export.isMissingNode() ? null : text(intrinsics.resolve(export, where)),
                                definition.path("Description").asText("")));
            }
        });
        return outputs;
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        return String.join(
                ",",
                StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }

    /** Which kind of permission to create roles the caller has to acknowledge; empty for none. */
    public String capability() {
        Collection<String> types = types().values();
        if (types.stream().noneMatch(type -> type.startsWith("AWS::IAM::"))) {
            return "";
        }
        List<String> named = new ArrayList<>(types().keySet());
        named.removeIf(id -> {
            JsonNode resource = root.path("Resources").path(id);
            JsonNode properties = resource.path("Properties");
            return !resource.path("Type").asText().startsWith("AWS::IAM::")
                    || List.of("RoleName", "ManagedPolicyName", "UserName", "GroupName", "InstanceProfileName").stream()
                            .noneMatch(properties::has);
        });
        return named.isEmpty() ? "CAPABILITY_IAM" : "CAPABILITY_NAMED_IAM";
    }

    private final class Found implements Intrinsics.References {
        @Override
        public JsonNode ref(String name) {
            String fixed = pseudo.get(name);
            if (fixed != null) {
                return TextNode.valueOf(fixed);
            }
            JsonNode parameter = parameters.get(name);
            if (parameter != null) {
                return parameter;
            }
            String physical = world.physicalId(name);
            return physical == null ? null : TextNode.valueOf(physical);
        }

        @Override
        public String attribute(String logicalId, String attribute) {
            return world.attribute(logicalId, attribute);
        }

        @Override
        public String exported(String name) {
            return world.exported(name);
        }
    }
}
