package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Gathers what a model says may come of one call. */
final class Outcomes {
    /** It answers: the world is then so. */
    record Answer(String name, JsonNode result, World after) {}

    /** A point within the action at which it may die: the world is then so. */
    record Halfway(String what, World after) {}

    private final ActionModel model;
    final List<Answer> answers = new ArrayList<>();
    final List<Halfway> halfway = new ArrayList<>();
    final List<String> refusals = new ArrayList<>();

    Outcomes(ActionModel model) {
        this.model = model;
    }

    /** @param name of a declared answer */
    void answer(String name, World after) {
        answers.add(new Answer(name, model.answer(name), after));
    }

    /**
     * As {@link #answer(String, World)}.
     *
     * @param field of the answer that depends on the call
     */
    void answer(String name, World after, String field, JsonNode value) {
        ObjectNode result = model.answer(name).deepCopy();
        if (!result.has(field)) {
            throw new IllegalStateException("Answer '" + name + "' of " + model.name() + " has no field " + field);
        }
        result.set(field, value);
        answers.add(new Answer(name, result, after));
    }

    /** Every declared answer may come, and nothing changes. */
    void anyAnswer(World world) {
        model.answers().keySet().forEach(name -> answer(name, world));
    }

    void halfway(String what, World after) {
        halfway.add(new Halfway(what, after));
    }
}
