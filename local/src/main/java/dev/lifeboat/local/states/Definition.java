package dev.lifeboat.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a definition and refuses what Step Functions would refuse or this runner does not play, so that nothing is left
 * to chance at run time. Source: Amazon States Language specification; Step Functions Developer Guide, "Workflow states".
 */
public final class Definition {
    private static final Set<String> ANY = Set.of("Type", "Comment", "QueryLanguage");
    private static final Set<String> NEXT = Set.of("Next", "End", "Output", "Assign");
    private static final Set<String> HANDLED = Set.of("Retry", "Catch");
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "Task", union(ANY, NEXT, HANDLED, Set.of("Resource", "Arguments", "TimeoutSeconds")),
            "Pass", union(ANY, NEXT),
            "Wait", union(ANY, NEXT, Set.of("Seconds", "Timestamp")),
            "Choice", union(ANY, Set.of("Choices", "Default", "Output", "Assign")),
            "Parallel", union(ANY, NEXT, HANDLED, Set.of("Branches", "Arguments")),
            "Map",
                    union(
                            ANY,
                            NEXT,
                            HANDLED,
                            Set.of(
                                    "Items",
                                    "ItemSelector",
                                    "ItemProcessor",
                                    "ItemReader",
                                    "MaxConcurrency",
                                    "Label",
                                    "ToleratedFailurePercentage",
                                    "ToleratedFailureCount")),
            "Succeed", union(ANY, Set.of("Output")),
            "Fail", union(ANY, Set.of("Error", "Cause")));
    static final Set<String> RESOURCES = Set.of(
            "arn:aws:states:::lambda:invoke",
            "arn:aws:states:::lambda:invoke" + TaskState.WAITING,
            "arn:aws:states:::sns:publish",
            "arn:aws:states:::sns:publish" + TaskState.WAITING,
            "arn:aws:states:::aws-sdk:ssm:getParameter",
            "arn:aws:states:::states:startExecution.sync:2");
    private static final Set<String> RETRIER = Set.of(
            "ErrorEquals",
            "IntervalSeconds",
            "MaxAttempts",
            "BackoffRate",
            "MaxDelaySeconds",
            "JitterStrategy",
            "Comment");
    private static final Set<String> CATCHER = Set.of("ErrorEquals", "Next", "Output", "Assign", "Comment");
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");

    private Definition() {}

    /**
     * @param substitutions the template's DefinitionSubstitutions
     * @return its root
     * @throws DefinitionException naming what is wrong, and where
     */
    public static JsonNode read(String machine, String json, Map<String, String> substitutions) {
        JsonNode root = parse(machine, substitute(machine, json, substitutions));
        only(machine, root, Set.of("Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version"));
        if (!root.path("QueryLanguage").asText().equals("JSONata")) {
            throw new DefinitionException(machine + ": QueryLanguage has to be JSONata.");
        }
        block(machine, root);
        return root;
    }

    private static JsonNode parse(String machine, String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new DefinitionException(machine + " is not JSON: " + e.getOriginalMessage() + " at line "
                    + e.getLocation().getLineNr() + ".");
        }
    }

    private static String substitute(String machine, String json, Map<String, String> substitutions) {
        return SUBSTITUTION.matcher(json).replaceAll(match -> {
            String value = substitutions.get(match.group(1));
            if (value == null) {
                throw new DefinitionException(
                        machine + ": ${" + match.group(1) + "} is not among the DefinitionSubstitutions.");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static void block(String where, JsonNode block) {
        JsonNode states = block.path("States");
        next(where + ".StartAt", block.path("StartAt"), states);
        states.properties().forEach(e -> state(where + "." + e.getKey(), e.getValue(), states));
        Set<String> reached = new HashSet<>();
        reach(block.path("StartAt").asText(), states, reached);
        states.fieldNames().forEachRemaining(name -> {
            if (!reached.contains(name)) {
                throw new DefinitionException(where + ": nothing leads to the state '" + name + "'.");
            }
        });
    }

    private static void reach(String name, JsonNode states, Set<String> reached) {
        if (reached.add(name)) {
            JsonNode state = states.path(name);
            for (String target : state.findValuesAsText("Next")) {
                if (states.has(target)) {
                    reach(target, states, reached);
                }
            }
            if (state.has("Default")) {
                reach(state.get("Default").asText(), states, reached);
            }
        }
    }

    private static void state(String where, JsonNode state, JsonNode states) {
        String type = state.path("Type").asText();
        if (!FIELDS.containsKey(type)) {
            throw new DefinitionException(where + " has the Type '" + type + "', which is not supported.");
        }
        only(where, state, FIELDS.get(type));
        for (String field : Set.of(
                "Output",
                "Assign",
                "Arguments",
                "Items",
                "ItemSelector",
                "Seconds",
                "Timestamp",
                "TimeoutSeconds",
                "Error",
                "Cause",
                "MaxConcurrency")) {
            Expressions.check(state.path(field), where + "." + field);
        }
        if (FIELDS.get(type).contains("Next")
                && state.has("Next") == state.path("End").asBoolean()) {
            throw new DefinitionException(where + " needs either Next or End.");
        }
        if (state.has("Next")) {
            next(where + ".Next", state.get("Next"), states);
        }
        handlers(where, state, states);
        switch (type) {
            case "Task" -> resource(where, state);
            case "Choice" -> choices(where, state, states);
            case "Parallel" -> state.path("Branches").forEach(b -> branch(where + ".Branches", b));
            case "Map" -> map(where, state);
            default -> {}
        }
    }

    private static void resource(String where, JsonNode state) {
        String resource = state.path("Resource").asText();
        if (!RESOURCES.contains(resource)) {
            throw new DefinitionException(where + " has the Resource '" + resource + "', which is not supported.");
        }
    }

    private static void choices(String where, JsonNode state, JsonNode states) {
        state.path("Choices").forEach(choice -> {
            only(where + ".Choices", choice, Set.of("Condition", "Next", "Output", "Assign", "Comment"));
            choice.properties().forEach(e -> Expressions.check(e.getValue(), where + ".Choices." + e.getKey()));
            next(where + ".Choices", choice.path("Next"), states);
        });
        if (state.has("Default")) {
            next(where + ".Default", state.get("Default"), states);
        }
    }

    private static void map(String where, JsonNode state) {
        JsonNode processor = state.path("ItemProcessor");
        only(where + ".ItemProcessor", processor, Set.of("ProcessorConfig", "StartAt", "States", "Comment"));
        only(where + ".ProcessorConfig", processor.path("ProcessorConfig"), Set.of("Mode", "ExecutionType"));
        block(where, processor);
        boolean distributed = MapItems.isDistributed(state);
        if (state.has("ItemReader")) {
            JsonNode reader = state.get("ItemReader");
            only(where + ".ItemReader", reader, Set.of("Resource", "Arguments", "ReaderConfig"));
            only(where + ".ReaderConfig", reader.path("ReaderConfig"), Set.of("MaxItems"));
            if (!distributed || !reader.path("Resource").asText().equals("arn:aws:states:::s3:listObjectsV2")) {
                throw new DefinitionException(
                        where + ".ItemReader is supported in DISTRIBUTED mode with s3:listObjectsV2 alone.");
            }
            Expressions.check(reader.path("Arguments"), where + ".ItemReader.Arguments");
        }
        if (!distributed && (state.has("ToleratedFailurePercentage") || state.has("ToleratedFailureCount"))) {
            throw new DefinitionException(where + " tolerates failures, which INLINE mode does not.");
        }
        if (distributed && !processor.path("ProcessorConfig").has("ExecutionType")) {
            throw new DefinitionException(where + " is DISTRIBUTED and needs an ExecutionType.");
        }
    }

    private static void branch(String where, JsonNode branch) {
        only(where, branch, Set.of("StartAt", "States", "Comment"));
        block(where, branch);
    }

    private static void handlers(String where, JsonNode state, JsonNode states) {
        state.path("Retry").forEach(r -> only(where + ".Retry", r, RETRIER));
        state.path("Catch").forEach(c -> {
            only(where + ".Catch", c, CATCHER);
            next(where + ".Catch", c.path("Next"), states);
            Expressions.check(c.path("Output"), where + ".Catch.Output");
            Expressions.check(c.path("Assign"), where + ".Catch.Assign");
        });
        allStandsAloneAndLast(where + ".Retry", state.path("Retry"));
        allStandsAloneAndLast(where + ".Catch", state.path("Catch"));
    }

    private static void allStandsAloneAndLast(String where, JsonNode handlers) {
        for (int i = 0; i < handlers.size(); i++) {
            JsonNode names = handlers.get(i).path("ErrorEquals");
            if (names.isEmpty()) {
                throw new DefinitionException(where + " has an empty ErrorEquals.");
            }
            for (JsonNode name : names) {
                if (name.asText().equals("States.ALL") && (names.size() > 1 || i < handlers.size() - 1)) {
                    throw new DefinitionException(where + ": States.ALL must stand alone and last.");
                }
            }
        }
    }

    private static void next(String where, JsonNode name, JsonNode states) {
        if (!states.has(name.asText())) {
            throw new DefinitionException(where + " leads to '" + name.asText() + "', which does not exist.");
        }
    }

    private static void only(String where, JsonNode node, Set<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new DefinitionException(where + " has the field '" + name + "', which is not supported.");
            }
        });
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new HashSet<>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return all;
    }
}
