package dev.lifeboat.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a SAM template declares, with every reference resolved to the embedded account. A resource type, property or
 * intrinsic function that is not known is an error that names it, so that what is deployed and what is run here cannot
 * drift apart.
 */
public final class Template {
    private final Map<String, FunctionResource> functions = new LinkedHashMap<>();
    private final Map<String, MachineResource> machines = new LinkedHashMap<>();
    private final Map<String, BucketResource> buckets = new LinkedHashMap<>();
    private final List<RuleResource> rules = new ArrayList<>();
    private final List<ScheduleResource> schedules = new ArrayList<>();
    private final List<AlarmResource> alarms = new ArrayList<>();
    private final Map<String, String> topics = new LinkedHashMap<>();
    private final Map<String, String> ssmParameters = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new TreeMap<>();
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final PhysicalNames names;

    private Template(PhysicalNames names) {
        this.names = names;
    }

    /**
     * Reads a template.
     *
     * @param file the template; CodeUri and DefinitionUri count from its directory
     * @param parameters values for its parameters, beside the defaults
     * @throws TemplateException naming what is not understood
     */
    public static Template read(Path file, Map<String, String> parameters) {
        ObjectNode root = TemplateYaml.read(file);
        var names = new PhysicalNames(root, new Parameters(root.path("Parameters"), parameters));
        var template = new Template(names);
        new ResourceReader(template, root, names, file.toAbsolutePath().getParent()).read();
        root.path("Outputs").properties().forEach(e -> {
            JsonNode value = names.intrinsics().resolve(e.getValue().path("Value"), "Outputs." + e.getKey());
            template.outputs.put(e.getKey(), value.asText());
        });
        return template;
    }

    /** What {@code Ref} gives: a parameter's value or a resource's name or ARN; lists are joined by commas. */
    public String ref(String name) {
        JsonNode value = names.ref(name);
        if (value == null) {
            throw new TemplateException("The template has neither a parameter nor a resource '" + name + "'.");
        }
        List<String> parts = new ArrayList<>();
        value.forEach(part -> parts.add(part.asText()));
        return value.isArray() ? String.join(",", parts) : value.asText();
    }

    /** By logical id. */
    public Map<String, FunctionResource> functions() {
        return java.util.Collections.unmodifiableMap(functions);
    }

    /** By logical id. */
    public Map<String, MachineResource> machines() {
        return java.util.Collections.unmodifiableMap(machines);
    }

    /** By name. */
    public Map<String, BucketResource> buckets() {
        return java.util.Collections.unmodifiableMap(buckets);
    }

    public List<RuleResource> rules() {
        return List.copyOf(rules);
    }

    public List<ScheduleResource> schedules() {
        return List.copyOf(schedules);
    }

    public List<AlarmResource> alarms() {
        return List.copyOf(alarms);
    }

    /** ARNs by logical id. */
    public Map<String, String> topics() {
        return java.util.Collections.unmodifiableMap(topics);
    }

    /** Initial values by name. */
    public Map<String, String> ssmParameters() {
        return java.util.Collections.unmodifiableMap(ssmParameters);
    }

    /** Initial values by name; null when the template gives none. */
    public Map<String, String> secrets() {
        return java.util.Collections.unmodifiableMap(secrets);
    }

    /** The template's outputs. */
    public Map<String, String> outputs() {
        return java.util.Collections.unmodifiableMap(outputs);
    }

    /** Types of the resources that have no local meaning, by logical id. */
    public Map<String, String> leftOut() {
        return java.util.Collections.unmodifiableMap(leftOut);
    }

    void add(FunctionResource function) {
        functions.put(function.logicalId(), function);
    }

    void add(MachineResource machine) {
        machines.put(machine.logicalId(), machine);
    }

    void add(BucketResource bucket) {
        List<BucketResource.Notification> told = new ArrayList<>(bucket.notifications());
        BucketResource early = buckets.get(bucket.name());
        if (early != null) {
            told.addAll(early.notifications());
        }
        buckets.put(
                bucket.name(),
                new BucketResource(
                        bucket.logicalId(),
                        bucket.name(),
                        bucket.versioned(),
                        bucket.toEventBridge(),
                        List.copyOf(told),
                        bucket.properties()));
    }

    void add(RuleResource rule) {
        rules.add(rule);
    }

    void add(ScheduleResource schedule) {
        schedules.add(schedule);
    }

    void add(AlarmResource alarm) {
        alarms.add(alarm);
    }

    void addNotification(String bucket, BucketResource.Notification notification) {
        BucketResource known =
                buckets.getOrDefault(bucket, new BucketResource("", bucket, false, false, List.of(), null));
        List<BucketResource.Notification> told = new ArrayList<>(known.notifications());
        told.add(notification);
        buckets.put(
                bucket,
                new BucketResource(
                        known.logicalId(),
                        bucket,
                        known.versioned(),
                        known.toEventBridge(),
                        List.copyOf(told),
                        known.properties()));
    }

    void addTopic(String logicalId, String arn) {
        topics.put(logicalId, arn);
    }

    void addParameter(String name, String value) {
        ssmParameters.put(name, value);
    }

    void addSecret(String name, String value) {
        secrets.put(name, value);
    }

    void leftOut(String logicalId, String type) {
        leftOut.put(logicalId, type);
    }
}
