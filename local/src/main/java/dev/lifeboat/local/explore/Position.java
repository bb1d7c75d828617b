package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lifeboat.local.states.StateFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where an execution stands: at a Task that is about to call something, or at its end. Two positions that no state can tell apart are the same
 * object.
 */
final class Position {
    /** A position that follows, and the states that were passed on the way. */
    record Move(Position to, String through) {}

    private final List<Frame> frames;
    private final Call call;
    private final JsonNode output;
    private final StateFailure failure;
    private final Set<String> executions;
    private Set<Long> tokens;
    private Set<String> incidents;
    final Map<String, Move> moves = new HashMap<>();
    final Map<Ranks, Position> ranked = new HashMap<>();

    private Position(List<Frame> frames, Call call, JsonNode output, StateFailure failure) {
        this.frames = frames;
        this.call = call;
        this.output = output;
        this.failure = failure;
        this.executions = frames.stream().map(frame -> frame.execution().arn()).collect(Collectors.toSet());
    }

    static Position at(List<Frame> frames, Call call) {
        return new Position(frames, call, null, null);
    }

    static Position succeeded(JsonNode output) {
        return new Position(List.of(), null, output, null);
    }

    static Position failed(StateFailure failure) {
        return new Position(List.of(), null, null, failure);
    }

    /** Outermost first; empty at the end. */
    List<Frame> frames() {
        return frames;
    }

    Frame top() {
        return frames.get(frames.size() - 1);
    }

    /** What the Task calls; null at the end. */
    Call call() {
        return call;
    }

    /** What the execution ended in; null when it failed, or has not ended. */
    JsonNode output() {
        return output;
    }

    /** What it failed with; null when it did not. */
    StateFailure failure() {
        return failure;
    }

    /** The ARNs of the execution and of those that it has started and waits for. */
    Set<String> executions() {
        return executions;
    }

    /** The fencing tokens under which it, or what comes after it, may act. */
    Set<Long> tokens() {
        if (tokens == null) {
            tokens = deciding("token").map(JsonNode::longValue).collect(Collectors.toSet());
        }
        return tokens;
    }

    /** The incidents on whose behalf it, or what comes after it, may act. */
    Set<String> incidents() {
        if (incidents == null) {
            incidents = deciding("incident").map(JsonNode::asText).collect(Collectors.toSet());
        }
        return incidents;
    }

    /** The values that the field has in what is called now, and in whatever still decides anything. */
    private Stream<JsonNode> deciding(String field) {
        List<JsonNode> read = new ArrayList<>(List.of(call.payload()));
        for (Frame frame : frames) {
            read.add(frame.input());
            read.addAll(frame.iterated());
            frame.variables().forEach((name, value) -> {
                boolean itself = name.equals(field);
                if (frame.machine().decides(frame.block(), frame.state(), name)) {
                    read.add(itself ? JsonNodeFactory.instance.objectNode().set(field, value) : value);
                }
            });
        }
        return read.stream().flatMap(value -> value.findValues(field).stream());
    }
}
