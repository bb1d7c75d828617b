package dev.lifeboat.local.explore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.explore.ActionModel.Duty;
import dev.lifeboat.local.explore.Position.Move;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Walks every way through the machines of {@code statemachines/}: each by itself, and each pair that may meet on one target.
 *
 * <p>The definitions are the files, and their JSONata is evaluated as the runner does ({@link Walker}). What the actions do is declared
 * ({@link ActionModels}), what may happen to a Task is in {@link Expansion}, and what must never happen in {@link Rules}.
 */
public final class Explorer {
    private static final String SUFFIX = ".asl.json";
    /** Of one machine. */
    private static final Limits SINGLY = new Limits(0, 1);
    /** Of two that meet. */
    private static final Limits TOGETHER = new Limits(1, 1);

    private static final Instant START = Instant.parse("2026-11-23T03:14:00Z");

    private final Map<String, MachineFile> machines = new TreeMap<>();
    private final Map<String, ObjectNode> inputs = new TreeMap<>();
    private final Map<String, List<Call>> calls = new TreeMap<>();
    private final ActionModels models;
    private final Map<String, Concern> concerns = new HashMap<>();
    private final Walker walker = new Walker(machines);

    private Explorer(Map<String, String> definitions, Map<String, ObjectNode> inputs, ActionModels models) {
        definitions.forEach((name, json) -> machines.put(name, new MachineFile(name, json)));
        this.inputs.putAll(inputs);
        this.models = models;
        machines.values().forEach(machine -> {
            List<Call> all = calls.computeIfAbsent(machine.name(), name -> new ArrayList<>());
            calls(machine, machine.definition(), all);
            all.forEach(call -> Expansion.require(models, call));
        });
        machines.keySet().forEach(name -> concerns.put(name, concern(name)));
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

    /** Those also to which no path comes: a list of items is walked only in part. */
    private void calls(MachineFile machine, JsonNode block, List<Call> calls) {
        block.path("States").properties().forEach(state -> {
            JsonNode definition = state.getValue();
            JsonNode arguments = definition.path("Arguments");
            String[] resource = definition.path("Resource").asText().split(":", 7);
            if (resource.length == 7 && resource[5].equals("lambda")) {
                JsonNode payload = arguments.path("Payload");
                String function = arguments.path("FunctionName").asText();
                String action = payload.path("action").asText();
                if (payload.isObject() && !function.contains("{%") && !action.contains("{%")) {
                    String name = function.replaceAll("Function$", "");
                    calls.add(new Call(machine.name(), state.getKey(), name, action, payload));
                }
            } else if (resource.length == 7 && !resource[5].equals("states")) {
                calls.add(new Call(machine.name(), state.getKey(), resource[5], resource[6], arguments));
            }
            if (definition.has("ItemProcessor")) {
                calls(machine, definition.get("ItemProcessor"), calls);
            }
            definition.path("Branches").forEach(branch -> calls(machine, branch, calls));
        });
    }

    /** The machines' names. */
    public List<String> machines() {
        return List.copyOf(machines.keySet());
    }

    private boolean hasTarget(String machine) {
        return inputs.get(machine).has("target");
    }

    /**
     * Every pair of machines that may meet on one target, a machine and itself among them.
     *
     * <p>A machine whose actions all neither look at nor change what executions share is in none: each of its steps may come before or after any step of
     * another, with the same result.
     */
    public List<List<String>> pairs() {
        List<String> sharing = machines.keySet().stream().filter(this::shares).toList();
        List<List<String>> pairs = new ArrayList<>();
        for (int first = 0; first < sharing.size(); first++) {
            for (String second : sharing.subList(first, sharing.size())) {
                pairs.add(List.of(sharing.get(first), second));
            }
        }
        return pairs;
    }

    /** The machines that are in no pair. */
    public List<String> alone() {
        return machines.keySet().stream().filter(name -> !shares(name)).toList();
    }

    private boolean shares(String machine) {
        return calls.get(machine).stream().anyMatch(call -> !models.find(call).isAlone())
                || nested(machine).anyMatch(nested -> !machines.containsKey(nested) || shares(nested));
    }

    /** The machines that a machine starts and waits for. */
    private Stream<String> nested(String machine) {
        return machines.get(machine).definition().findValuesAsText("StateMachineArn").stream()
                .map(MachineFile::nameOf);
    }

    /** What the rules ask a machine about. */
    private Concern concern(String machine) {
        return nested(machine)
                .filter(machines::containsKey)
                .map(this::concern)
                .reduce(ownConcern(machine), Concern::and);
    }

    private Concern ownConcern(String machine) {
        boolean closes =
                calls.get(machine).stream().anyMatch(call -> call.action().equals("prepare"));
        return new Concern(changes(machine, "RecoverDatabase"), closes, changes(machine, "RecoverCluster"));
    }

    /** Whether the machine changes something by that function; that it takes or gives back the lease does not count. */
    private boolean changes(String machine, String function) {
        return calls.get(machine).stream()
                .filter(call -> call.function().equals(function))
                .map(models::find)
                .anyMatch(model ->
                        model.changing() && !Set.of(Duty.LEASE, Duty.RELEASE).contains(model.duty()));
    }

    /** Everything that there is to walk: each machine, each pair, and each of their machines started again. */
    public List<Walk> walks() {
        Stream<Walk> started = machines.keySet().stream().filter(this::shares).map(Walk::again);
        return Stream.of(
                        machines.keySet().stream().map(name -> Walk.of(List.of(name))),
                        pairs().stream().map(Walk::of),
                        started)
                .flatMap(walks -> walks)
                .toList();
    }

    /** @param progress is told how far it is */
    public Exploration explore(Walk walk, ExploreProgress progress) {
        return explore(walk, walk.machines().size() == 1 ? SINGLY : TOGETHER, rule -> false, progress);
    }

    /**
     * @param faults how many calls of two executions may fail on one path
     * @param until whether to stop, since the rule was broken
     */
    Exploration explore(Walk walk, int faults, Predicate<String> until) {
        return explore(walk, new Limits(faults, 1), until, new ExploreProgress());
    }

    private Exploration explore(Walk walk, Limits limits, Predicate<String> until, ExploreProgress progress) {
        List<String> names = walk.machines();
        boolean drill = names.stream().anyMatch(this::isDrill);
        Map<String, Node> beginnings = new LinkedHashMap<>();
        for (Data live : found(names, drill)) {
            World world = World.beginning(drill, live);
            List<Run> runs = new ArrayList<>();
            for (int index = 0; index < names.size(); index++) {
                runs.add(start(walk, index, drill));
            }
            beginnings.put("The live database is " + live, new Node(List.copyOf(runs), world, null, 0, 0));
        }
        boolean twins = !walk.inTurn() && names.size() > 1 && Set.copyOf(names).size() == 1;
        Expansion expansion =
                new Expansion(walker, models, concerns, twins ? beginnings.values() : List.of(), walk.inTurn(), limits);
        return new Search(expansion, until, progress).of(walk.title(), beginnings);
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

    private Run start(Walk walk, int index, boolean drill) {
        List<String> names = walk.machines();
        String machine = names.get(index);
        ObjectNode input = inputs.get(machine).deepCopy();
        String name = "incident-" + (index + 1);
        if (input.has("incident")) {
            input.put("incident", walk.inTurn() ? "incident-1" : name);
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
