package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which variables, and whether its input, a state or one after it still reads. What nobody reads any more cannot make two states differ; what is read
 * only to be told to people can make them differ in what people read.
 */
final class Liveness {
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z]\\w*)(?!\\w|\\s*\\()");
    private static final Set<String> PASSING = Set.of("Pass", "Wait", "Choice", "Succeed");

    private final JsonNode states;
    private final boolean all;
    private final Map<String, Set<String>> variables = new HashMap<>();
    private final Map<String, Boolean> inputs = new HashMap<>();

    /** Of everything that is read, so that every expression finds what it names. */
    static Liveness ofAll(JsonNode block) {
        return new Liveness(block, true);
    }

    /** Of what decides where the machine goes, and what it does to its target. */
    static Liveness ofControl(JsonNode block) {
        return new Liveness(block, false);
    }

    private Liveness(JsonNode block, boolean all) {
        this.all = all;
        states = block.path("States");
        states.properties().forEach(state -> {
            variables.put(state.getKey(), all ? read(state.getValue()) : readForControl(state.getValue()));
            inputs.put(state.getKey(), readsInput(state.getValue()));
        });
        boolean more = true;
        while (more) {
            more = false;
            for (var state : states.properties()) {
                more |= spread(state.getKey(), state.getValue());
            }
        }
    }

    /** The variables that are read at the state or after it. */
    Set<String> variables(String state) {
        return variables.get(state);
    }

    /** Whether the state's input is read at it or after it. */
    boolean input(String state) {
        return inputs.get(state);
    }

    private boolean spread(String name, JsonNode state) {
        boolean[] more = {false};
        exits(state, (from, next) -> {
            Set<String> after = new HashSet<>(variables.get(next));
            Set<String> assigned = new HashSet<>();
            from.path("Assign").properties().forEach(entry -> {
                if (after.remove(entry.getKey()) && !all) {
                    assigned.addAll(read(entry.getValue()));
                }
            });
            after.addAll(assigned);
            more[0] |= variables.get(name).addAll(after);
            boolean passed = PASSING.contains(state.path("Type").asText()) && !from.has("Output");
            if (passed && inputs.get(next) && !inputs.get(name)) {
                inputs.put(name, true);
                more[0] = true;
            }
        });
        return more[0];
    }

    private static void exits(JsonNode state, BiConsumer<JsonNode, String> exit) {
        for (String field : new String[] {"Next", "Default"}) {
            if (state.has(field)) {
                exit.accept(state, state.get(field).asText());
            }
        }
        for (String field : new String[] {"Choices", "Catch"}) {
            state.path(field)
                    .forEach(rule -> exit.accept(rule, rule.path("Next").asText()));
        }
    }

    /** Without what is told to people, and without what is assigned, which counts when it is read. */
    private static Set<String> readForControl(JsonNode state) {
        String type = state.path("Type").asText();
        boolean told = type.equals("Succeed")
                || type.equals("Fail")
                || state.path("Resource").asText().contains(":sns:publish")
                || state.path("Arguments").path("FunctionName").asText().startsWith("RecoveryReport");
        Set<String> names = new HashSet<>();
        state.properties().forEach(field -> {
            if (!Set.of("Assign", "Output", "Catch", "Choices").contains(field.getKey())
                    && !(told && field.getKey().equals("Arguments"))
                    && !type.equals("Succeed")
                    && !type.equals("Fail")) {
                names.addAll(read(field.getValue()));
            }
        });
        state.path("Choices").forEach(choice -> names.addAll(read(choice.path("Condition"))));
        return names;
    }

    private static Set<String> read(JsonNode state) {
        Set<String> names = new HashSet<>();
        Matcher matcher = VARIABLE.matcher(state.toString());
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        names.remove("states");
        return names;
    }

    private static boolean readsInput(JsonNode state) {
        if (state.toString().contains("$states.input")) {
            return true;
        }
        return switch (state.path("Type").asText()) {
            case "Task" -> !state.has("Arguments");
            case "Map" -> !state.has("Items") && !state.has("ItemReader");
            case "Parallel" -> !state.has("Arguments");
            case "Pass", "Wait", "Succeed" -> !state.has("Output") && !state.has("Next");
            default -> false;
        };
    }
}
