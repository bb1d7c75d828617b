package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.explore.Frame.Iterations;
import dev.lifeboat.local.explore.Position.Move;
import dev.lifeboat.local.states.ErrorHandlers;
import dev.lifeboat.local.states.ExecutionContext;
import dev.lifeboat.local.states.MapItems;
import dev.lifeboat.local.states.StateFailure;
import dev.lifeboat.local.states.StateScope;
import dev.lifeboat.local.states.Transition;
import dev.lifeboat.local.states.Transitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Takes an execution from one Task to the next, as the runner would. Everything between two Tasks touches nothing that others see, so it counts as
 * one step.
 */
final class Walker {
    /** What a bucket's list stands for: one object that is a manifest, and one that is not. */
    private static final List<String> KEYS =
            List.of("dumps/recent/backup_20261123_030000.manifest.json", "dumps/recent/backup_20261123_030000.dump");
    /** More items bring nothing new: each is walked after the one before, in every way that it can end. */
    private static final int MOST_ITEMS = 2;
    /** A machine that passes more states without a Task goes round in circles. */
    private static final int MOST_STATES = 1_000;

    private final Map<String, MachineFile> machines;
    private final Map<String, Position> positions = new HashMap<>();
    private final Map<String, Call> calls = new HashMap<>();

    Walker(Map<String, MachineFile> machines) {
        this.machines = machines;
    }

    /** The first Task, or the end, of a new execution. */
    Move start(String machine, ExecutionContext execution) {
        MachineFile file = machine(machine, "It was asked for");
        return new Walk(List.of()).entering(file, execution);
    }

    /** After the Task's call came to a result. */
    Move succeed(Position from, JsonNode payload) {
        return from.moves.computeIfAbsent("+" + payload, key -> {
            Walk walk = new Walk(from.frames());
            JsonNode result = isLambda(from)
                    ? JsonNodeFactory.instance
                            .objectNode()
                            .put("ExecutedVersion", "1")
                            .put("StatusCode", 200)
                            .set("Payload", payload)
                    : payload;
            return walk.leave(() -> Transitions.succeeded(walk.top().scope(), result));
        });
    }

    /** One that waits for a person gets what the person answers, not what the function did. */
    private static boolean isLambda(Position position) {
        return position.top().definition().path("Resource").asText().endsWith(":lambda:invoke");
    }

    /**
     * After the Task at a depth failed for good; what it has started is ended.
     *
     * @param frames how many of the position's frames there are, the Task's the last of them
     */
    Move fail(Position from, int frames, String error) {
        return from.moves.computeIfAbsent("-" + frames + error, key -> {
            Walk walk = new Walk(from.frames().subList(0, frames));
            return walk.fail(
                    new StateFailure(error, "{\"errorMessage\":\"It failed.\",\"errorType\":\"" + error + "\"}"));
        });
    }

    /** Into the execution that the Task starts. */
    Move descend(Position from) {
        return from.moves.computeIfAbsent(">", key -> {
            JsonNode arguments = from.call().payload();
            String reference = arguments.path("StateMachineArn").asText();
            MachineFile file = machine(
                    MachineFile.nameOf(reference),
                    "State " + from.top().state() + " of "
                            + from.top().machine().name() + " starts " + reference);
            ExecutionContext parent = from.top().execution();
            String name = arguments
                    .path("Name")
                    .asText(parent.name() + "-" + from.top().state());
            return new Walk(from.frames())
                    .entering(
                            file,
                            new ExecutionContext(
                                    "execution:" + file.name() + ":" + name,
                                    name,
                                    arguments.path("Input"),
                                    parent.startedAt(),
                                    "stateMachine:" + file.name(),
                                    file.name()));
        });
    }

    private MachineFile machine(String name, String why) {
        MachineFile file = machines.get(name);
        if (file == null) {
            throw new ExploreException(
                    why + ", and there is no statemachines/" + name + ".asl.json.",
                    "A machine's logical id in template.yaml is its file's name in capitals, and Machine.");
        }
        return file;
    }

    static ExecutionContext execution(String machine, String name, JsonNode input, Instant startedAt) {
        return new ExecutionContext(
                "execution:" + machine + ":" + name, name, input, startedAt, "stateMachine:" + machine, machine);
    }

    /** The same position, its tokens by their ranks. */
    Position ranked(Position position, Ranks ranks) {
        return position.ranked.computeIfAbsent(ranks, any -> {
            List<Frame> frames =
                    position.frames().stream().map(frame -> frame.ranked(ranks)).toList();
            return same(Position.at(frames, ranked(position.call(), ranks)));
        });
    }

    /** The same call, its tokens by their ranks. */
    Call ranked(Call call, Ranks ranks) {
        return same(call.ranked(ranks));
    }

    private Call same(Call call) {
        String key = Canonical.key(machines.get(call.machine()), call.payload()) + call.machine() + " " + call.state()
                + " " + call.action();
        return calls.computeIfAbsent(key, any -> call);
    }

    private Position same(Position position) {
        return positions.computeIfAbsent(Canonical.key(position), key -> position);
    }

    /** One way from a Task to the next. */
    private final class Walk {
        private final List<Frame> frames;
        private final List<String> passed = new ArrayList<>();

        Walk(List<Frame> frames) {
            this.frames = new ArrayList<>(frames);
        }

        Frame top() {
            return frames.get(frames.size() - 1);
        }

        Move entering(MachineFile file, ExecutionContext execution) {
            push(file, file.definition(), execution.input(), Map.of(), null, execution);
            return settle();
        }

        private void push(
                MachineFile file,
                JsonNode block,
                JsonNode input,
                Map<String, JsonNode> variables,
                ObjectNode mapContext,
                ExecutionContext execution) {
            String first = block.path("StartAt").asText();
            frames.add(frame(file, block, first, input, variables, mapContext, execution));
        }

        private Frame frame(
                MachineFile file,
                JsonNode block,
                String state,
                JsonNode input,
                Map<String, JsonNode> variables,
                ObjectNode mapContext,
                ExecutionContext execution) {
            Liveness liveness = file.liveness(block);
            SortedMap<String, JsonNode> kept = new TreeMap<>(variables);
            kept.keySet().retainAll(liveness.variables(state));
            JsonNode read = liveness.input(state) ? input : JsonNodeFactory.instance.objectNode();
            return new Frame(file, block, state, read, kept, mapContext, execution, null);
        }

        private Move done(Position position) {
            return new Move(same(position), String.join(", ", passed));
        }

        /** Goes on until a Task or the end. */
        private Move settle() {
            while (true) {
                if (passed.size() > MOST_STATES) {
                    throw new ExploreException(
                            "Machine " + top().machine().name() + " passes " + MOST_STATES + " states without a Task, "
                                    + top().state() + " among them.",
                            "Let the loop end.");
                }
                Frame at = top();
                StateScope scope = at.scope();
                try {
                    switch (scope.type()) {
                        case "Task" -> {
                            return done(Position.at(List.copyOf(frames), call(at, scope)));
                        }
                        case "Map", "Parallel" -> {
                            Optional<Move> end = fork(at, scope);
                            if (end.isPresent()) {
                                return end.get();
                            }
                        }
                        case "Fail" -> throw Transitions.failed(scope);
                        case "Choice" -> {
                            Optional<Move> end = go(Transitions.chosen(scope));
                            if (end.isPresent()) {
                                return end.get();
                            }
                        }
                        default -> {
                            Optional<Move> end = go(Transitions.passed(scope));
                            if (end.isPresent()) {
                                return end.get();
                            }
                        }
                    }
                } catch (StateFailure failure) {
                    passed.add(at.state());
                    Optional<Move> end = unwind(failure);
                    if (end.isPresent()) {
                        return end.get();
                    }
                }
            }
        }

        private Call call(Frame at, StateScope scope) {
            JsonNode arguments = scope.field("Arguments", at.input());
            String[] resource = at.definition().path("Resource").asText().split(":", 7);
            if (resource[5].equals("lambda") && resource[6].startsWith("invoke")) {
                JsonNode payload = arguments.path("Payload");
                String function = arguments.path("FunctionName").asText().replaceAll("Function$", "");
                return known(at, function, payload.path("action").asText(), payload);
            }
            return known(at, resource[5], resource[6], arguments);
        }

        private Call known(Frame at, String function, String action, JsonNode payload) {
            return same(new Call(at.machine().name(), at.state(), function, action, payload));
        }

        Move leave(Supplier<Transition> transition) {
            try {
                Optional<Move> end = go(transition.get());
                return end.isPresent() ? end.get() : settle();
            } catch (StateFailure failure) {
                return fail(failure);
            }
        }

        Move fail(StateFailure failure) {
            Optional<Move> end = unwind(failure);
            return end.isPresent() ? end.get() : settle();
        }

        /** @return the end of the execution, or empty when it goes on */
        private Optional<Move> go(Transition transition) {
            Frame at = frames.remove(frames.size() - 1);
            if (!passed.isEmpty() || !at.definition().path("Type").asText().equals("Task")) {
                passed.add(at.state());
            }
            if (transition.next() == null) {
                return ended(transition.output());
            }
            Map<String, JsonNode> variables = new HashMap<>(at.variables());
            if (transition.assigned() != null) {
                transition.assigned().properties().forEach(e -> variables.put(e.getKey(), counted(at, e)));
            }
            frames.add(frame(
                    at.machine(),
                    at.block(),
                    transition.next(),
                    transition.output(),
                    variables,
                    at.mapContext(),
                    at.execution()));
            return Optional.empty();
        }

        private JsonNode counted(Frame at, Map.Entry<String, JsonNode> variable) {
            JsonNode value = variable.getValue();
            return value.isIntegralNumber()
                    ? IntNode.valueOf((int) at.machine().counted(variable.getKey(), value.longValue()))
                    : value;
        }

        private Optional<Move> ended(JsonNode output) {
            if (frames.isEmpty()) {
                return Optional.of(done(Position.succeeded(output)));
            }
            Frame outer = top();
            if (outer.fork() == null) {
                ObjectNode result = JsonNodeFactory.instance.objectNode();
                result.put("Status", "SUCCEEDED").set("Output", output);
                return safely(() -> go(Transitions.succeeded(outer.scope(), result)));
            }
            ArrayNode outputs = outer.fork().outputs().deepCopy();
            outputs.add(output);
            return next(outer, outputs, outer.fork().failed());
        }

        /** The next iteration, or what the state makes of all of them. */
        private Optional<Move> next(Frame outer, JsonNode outputs, int failed) {
            Iterations fork = outer.fork();
            frames.remove(frames.size() - 1);
            frames.add(outer.with(new Iterations(fork.items(), fork.count(), fork.next() + 1, outputs, failed)));
            return fork.next() < fork.count()
                    ? safely(() -> {
                        begin(top(), fork.next());
                        return Optional.empty();
                    })
                    : safely(() -> {
                        Frame whole = top().with(null);
                        frames.set(frames.size() - 1, whole);
                        return go(Transitions.succeeded(whole.scope(), outputs));
                    });
        }

        private Optional<Move> safely(Supplier<Optional<Move>> body) {
            try {
                return body.get();
            } catch (StateFailure failure) {
                return unwind(failure);
            }
        }

        private Optional<Move> fork(Frame at, StateScope scope) {
            passed.add(at.state());
            boolean parallel = scope.type().equals("Parallel");
            JsonNode items = parallel ? at.definition().path("Branches") : items(at, scope);
            int count = parallel ? items.size() : Math.min(MOST_ITEMS, items.size());
            JsonNode none = JsonNodeFactory.instance.arrayNode();
            frames.set(frames.size() - 1, at.with(new Iterations(items, count, 0, none, 0)));
            return next(top(), none, 0);
        }

        private JsonNode items(Frame at, StateScope scope) {
            if (!at.definition().has("ItemReader")) {
                return MapItems.of(scope);
            }
            ArrayNode objects = JsonNodeFactory.instance.arrayNode();
            KEYS.forEach(key -> objects.addObject().put("Key", key).put("Size", 9));
            return objects;
        }

        private void begin(Frame at, int index) {
            JsonNode state = at.definition();
            if (state.path("Type").asText().equals("Parallel")) {
                JsonNode input = at.scope().field("Arguments", at.input());
                push(
                        at.machine(),
                        at.fork().items().get(index),
                        input,
                        at.variables(),
                        at.mapContext(),
                        at.execution());
                return;
            }
            JsonNode items = at.fork().items();
            JsonNode input = MapItems.input(at.scope(), items, index);
            if (MapItems.isDistributed(state)) {
                push(at.machine(), state.path("ItemProcessor"), input, Map.of(), null, at.execution());
            } else {
                push(
                        at.machine(),
                        state.path("ItemProcessor"),
                        input,
                        at.variables(),
                        MapItems.context(items, index),
                        at.execution());
            }
        }

        /** Looks for who catches it, from the innermost state outwards. */
        private Optional<Move> unwind(StateFailure failure) {
            StateFailure current = failure;
            while (!frames.isEmpty()) {
                Frame at = top().with(null);
                frames.set(frames.size() - 1, at);
                Optional<JsonNode> catcher = ErrorHandlers.catcher(at.definition(), current.error());
                if (catcher.isPresent()) {
                    StateFailure caught = current;
                    return safely(() -> go(Transitions.caught(at.scope(), caught, catcher.get())));
                }
                frames.remove(frames.size() - 1);
                if (frames.isEmpty()) {
                    break;
                }
                Frame outer = top();
                if (outer.fork() == null) {
                    current = new StateFailure("States.TaskFailed", "{\"Error\":\"" + current.error() + "\"}");
                    continue;
                }
                int failed = outer.fork().failed() + 1;
                if (failed
                        <= MapItems.tolerated(outer.definition(), outer.fork().count())) {
                    return next(outer, outer.fork().outputs(), failed);
                }
                if (MapItems.isDistributed(outer.definition())) {
                    current = new StateFailure("States.ExceedToleratedFailureThreshold", current.error());
                }
            }
            return Optional.of(done(Position.failed(current)));
        }
    }
}
