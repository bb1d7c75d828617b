package dev.lifeboat.orchestrator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The state machines of the repository, as trees. */
final class StateMachines {
    /**
     * A machine, or the one inside a Map or Parallel state.
     *
     * @param name of the file, with the path of states that lead to an inner machine
     */
    record Machine(String name, JsonNode tree) {
        Map<String, JsonNode> states() {
            Map<String, JsonNode> states = new LinkedHashMap<>();
            tree.get("States").properties().forEach(state -> states.put(state.getKey(), state.getValue()));
            return states;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private StateMachines() {}

    static Path root() {
        return Path.of(System.getProperty("lifeboat.root"));
    }

    static Stream<Machine> files() {
        try (Stream<Path> files = Files.list(root().resolve("statemachines"))) {
            return files
                    .filter(file -> file.toString().endsWith(".asl.json"))
                    .sorted()
                    .map(StateMachines::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files' machines and all that are inside them. */
    static Stream<Machine> all() {
        return files().flatMap(StateMachines::withInner);
    }

    static Machine named(String name) {
        return files().filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Machine> withInner(Machine machine) {
        List<Machine> inner = new ArrayList<>();
        machine.states().forEach((name, state) -> {
            if (state.has("ItemProcessor")) {
                inner.add(new Machine(machine.name() + " / " + name, state.get("ItemProcessor")));
            }
            if (state.has("Branches")) {
                state.get("Branches").forEach(branch -> inner.add(new Machine(machine.name() + " / " + name, branch)));
            }
        });
        return Stream.concat(Stream.of(machine), inner.stream().flatMap(StateMachines::withInner));
    }

    private static Machine read(Path file) {
        try {
            return new Machine(
                    file.getFileName().toString().replace(".asl.json", ""),
                    Json.mapper().readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** Where a state may lead. */
    static Set<String> successors(JsonNode state) {
        Set<String> next = new LinkedHashSet<>();
        for (String field : List.of("Next", "Default")) {
            if (state.has(field)) {
                next.add(state.get(field).textValue());
            }
        }
        for (String field : List.of("Choices", "Catch")) {
            elements(state, field).forEach(rule -> next.add(rule.get("Next").textValue()));
        }
        return next;
    }

    /** The names in all ErrorEquals of a state's Retry and Catch. */
    static List<String> errors(JsonNode state) {
        return Stream.of("Retry", "Catch")
                .flatMap(field -> elements(state, field))
                .flatMap(rule -> elements(rule, "ErrorEquals"))
                .map(JsonNode::textValue)
                .toList();
    }

    static Stream<JsonNode> elements(JsonNode node, String field) {
        return node.has(field) ? StreamSupport.stream(node.get(field).spliterator(), false) : Stream.of();
    }

    /** The JSONata in all strings of a tree, without the marks around it. */
    static void expressions(JsonNode node, String path, BiConsumer<String, String> visitor) {
        if (node.isTextual()) {
            String text = node.textValue();
            if (text.startsWith("{%")) {
                visitor.accept(path, text.substring(2, text.length() - 2).strip());
            }
        }
        node.properties().forEach(field -> expressions(field.getValue(), path + "." + field.getKey(), visitor));
        if (node.isArray()) {
            node.forEach(element -> expressions(element, path, visitor));
        }
    }
}
