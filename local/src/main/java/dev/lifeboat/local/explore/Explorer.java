package dev.lifeboat.local.explore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.explore.Position.Move;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Walks every way through the machines of {@code statemachines/}: each by itself, and each pair that may meet on one target.
 *
 * <p>The definitions are the files, and their JSONata is evaluated as the runner does ({@link Walker}). What the actions do is declared
 * ({@link ActionModels}), what may happen to a Task is in {@link Expansion}, and what must never happen in {@link Rules}.
 */
public final class Explorer {
    private static final String SUFFIX = ".asl.json";
    private static final Instant START = Instant.parse("2026-11-23T03:14:00Z");

    private final Map<String, MachineFile> machines = new TreeMap<>();
    private final Map<String, ObjectNode> inputs = new TreeMap<>();
    private final ActionModels models;

    private Explorer(Map<String, String> definitions, Map<String, ObjectNode> inputs, ActionModels models) {
        definitions.forEach((name, json) -> machines.put(name, new MachineFile(name, json)));
        this.inputs.putAll(inputs);
        this.models = models;
        machines.values().forEach(machine -> requireModels(machine, machine.definition()));
    }

    /**
     * Reads the machines and the inputs that {@code events/} has for them.
     *
     * @param root the repository
     * @throws ExploreException naming what cannot be explored
     */
    public static Explorer of(Path root) {
        return of(root, definitions(root), ActionModels.declared());
    }

    /** As {@link #of(Path)}, with other definitions by name, and other models. */
    static Explorer of(Path root, Map<String, String> definitions, ActionModels models) {
        Map<String, ObjectNode> inputs = new TreeMap<>();
        definitions.keySet().forEach(name -> inputs.put(name, input(root.resolve("events"), name)));
        return new Explorer(definitions, inputs, models);
    }

    /** The files' content by machine. */
    static Map<String, String> definitions(Path root) {
        Map<String, String> definitions = new TreeMap<>();
        try (Stream<Path> files = Files.list(root.resolve("statemachines"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
                definitions.put(file.getFileName().toString().replace(SUFFIX, ""), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + root.resolve("statemachines"), e);
        }
        return definitions;
    }

    /** {@code NAME-input.json}; what starts like recover-database or dr-drill takes what those take. */
    private static ObjectNode input(Path events, String machine) {
        for (String name : List.of(
                machine,
                machine.replaceAll("-.*", "").replaceAll("^recover$", "recovery"),
                machine.replaceAll("^.*-", ""))) {
            Path file = events.resolve(name + "-input.json");
            if (Files.isRegularFile(file)) {
                try {
                    return (ObjectNode) Json.mapper().readTree(Files.readString(file));
                } catch (JsonProcessingException e) {
                    throw new ExploreException(file + " is not JSON: " + e.getOriginalMessage() + ".", "Correct it.");
                } catch (IOException e) {
                    throw new UncheckedIOException("Cannot read " + file, e);
                }
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** Also of what no path comes to: a list of items is walked only in part. */
    private void requireModels(MachineFile machine, JsonNode block) {
        block.path("States").properties().forEach(state -> {
            JsonNode payload = state.getValue().path("Arguments").path("Payload");
            String function =
                    state.getValue().path("Arguments").path("FunctionName").asText();
            String action = payload.path("action").asText();
            if (payload.isObject() && !function.contains("{%") && !action.contains("{%")) {
                Expansion.require(
                        models,
                        new Call(
                                machine.name(), state.getKey(), function.replaceAll("Function$", ""), action, payload));
            }
            if (state.getValue().has("ItemProcessor")) {
                requireModels(machine, state.getValue().get("ItemProcessor"));
            }
            state.getValue().path("Branches").forEach(branch -> requireModels(machine, branch));
        });
    }

    /** The machines' names. */
    public List<String> machines() {
        return List.copyOf(machines.keySet());
    }

    private boolean hasTarget(String machine) {
        return inputs.get(machine).has("target");
    }

    /** Explores one machine, or several on one target. */
    public Exploration explore(List<String> names) {
        return explore(names, false);
    }

    /** @param untilViolation whether to stop at the first one */
    Exploration explore(List<String> names, boolean untilViolation) {
        Walker walker = new Walker(machines);
        boolean drill = names.stream().anyMatch(this::isDrill);
        Map<String, Node> beginnings = new LinkedHashMap<>();
        for (Data live : found(names, drill)) {
            World world = World.beginning(drill, live);
            List<Run> runs = new ArrayList<>();
            for (int index = 0; index < names.size(); index++) {
                runs.add(start(walker, names, index, drill));
            }
            beginnings.put("The live database is " + live, new Node(List.copyOf(runs), world, null, false));
        }
        return new Search(new Expansion(walker, models), untilViolation).of(String.join(" + ", names), beginnings);
    }

    private boolean isDrill(String machine) {
        return inputs.get(machine).path("target").path("purpose").asText().equals("drill");
    }

    private List<Data> found(List<String> names, boolean drill) {
        if (names.stream().noneMatch(this::hasTarget)) {
            return List.of(Data.GOOD);
        }
        if (drill) {
            return List.of(Data.ABSENT, Data.GOOD);
        }
        // Where there is nothing to put away, a second execution finds nothing else than the first.
        return names.size() > 1
                ? List.of(Data.GOOD, Data.BROKEN, Data.EMPTY)
                : List.of(Data.GOOD, Data.BROKEN, Data.EMPTY, Data.ABSENT);
    }

    private Run start(Walker walker, List<String> names, int index, boolean drill) {
        String machine = names.get(index);
        ObjectNode input = inputs.get(machine).deepCopy();
        String name = "incident-" + (index + 1);
        if (input.has("incident")) {
            input.put("incident", name);
        }
        if (drill && !isDrill(machine)) {
            names.stream()
                    .filter(this::isDrill)
                    .findFirst()
                    .ifPresent(other -> input.set("target", inputs.get(other).get("target")));
        }
        Move first = walker.start(machine, Walker.execution(machine, name, input, START.plusSeconds(60L * index)));
        return new Run(first.to(), 0, null);
    }
}
