package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.local.states.Definition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A machine's definition, in which <code>${Name}</code> stands for {@code Name}, and what can be told from it before it is walked. */
final class MachineFile {
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");
    private static final Pattern COMPARISON = Pattern.compile("\\$([A-Za-z]\\w*)\\s*(>=|<=|>|<|=)\\s*(\\d+)");
    /** Fields that hold text for people: two values of one are the same to a machine that never asks for them. */
    private static final Set<String> TEXTS = Set.of("cause", "error", "reason", "step");

    private final String name;
    private final JsonNode definition;
    private final Map<String, TreeSet<Long>> limits = new HashMap<>();
    private final Set<String> texts = new HashSet<>(TEXTS);
    private final IdentityHashMap<JsonNode, Liveness> liveness = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, Liveness> control = new IdentityHashMap<>();

    /**
     * @param name of the file, without {@code .asl.json}
     * @param json its content
     */
    MachineFile(String name, String json) {
        this.name = name;
        Map<String, String> substitutions = new HashMap<>();
        Matcher matcher = SUBSTITUTION.matcher(json);
        while (matcher.find()) {
            substitutions.put(matcher.group(1), matcher.group(1));
        }
        this.definition = Definition.read(name, json, substitutions);
        definition.findValuesAsText("Condition").forEach(this::readCondition);
    }

    private void readCondition(String condition) {
        Matcher comparison = COMPARISON.matcher(condition);
        while (comparison.find()) {
            long limit = Long.parseLong(comparison.group(3));
            boolean beyond = Set.of(">", "<=").contains(comparison.group(2));
            limits.computeIfAbsent(comparison.group(1), variable -> new TreeSet<>(Set.of(0L, 1L)))
                    .add(beyond ? limit + 1 : limit);
        }
        texts.removeIf(field ->
                Pattern.compile("\\b" + field + "\\b").matcher(condition).find());
    }

    String name() {
        return name;
    }

    JsonNode definition() {
        return definition;
    }

    /** Whether the values of the field are for people alone. */
    boolean isText(String field) {
        return texts.contains(field);
    }

    /**
     * Where a counter that reached the value goes on: loops are walked at their beginning and at each limit that a condition names.
     */
    long counted(String variable, long value) {
        TreeSet<Long> known = limits.get(variable);
        if (known == null) {
            return value;
        }
        Long next = known.ceiling(value);
        return next == null ? known.last() : next;
    }

    Liveness liveness(JsonNode block) {
        return liveness.computeIfAbsent(block, Liveness::ofAll);
    }

    /** Whether the variable still decides anything at the state of the block, or after it. */
    boolean decides(JsonNode block, String state, String variable) {
        return control.computeIfAbsent(block, Liveness::ofControl)
                .variables(state)
                .contains(variable);
    }

    /** {@code recover-database} for {@code RecoverDatabaseMachine}. */
    static String nameOf(String reference) {
        return reference
                .replaceAll("Machine$", "")
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
