package dev.lifeboat.local.explore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What one action may answer, by which errors it may fail, and what it does to the target meanwhile. Held to the real action by a test.
 */
final class ActionModel {
    /** What the action does. */
    @FunctionalInterface
    interface Effect {
        /**
         * @param world what it finds
         * @param call what it was asked
         * @param running whether the execution of an ARN has not ended
         * @param outcomes gathers what may come of it
         * @throws Refusal when it changes nothing and fails
         */
        void run(World world, Call call, Predicate<String> running, Outcomes outcomes);
    }

    /** What the end of a machine is asked about. */
    enum Duty {
        NONE,
        /** It tells a person. */
        TELL,
        /** It writes the report, and tells a person. */
        REPORT,
        /** It opens the live database again. */
        REOPEN,
        /** It takes the lease. */
        LEASE,
        /** It gives the lease back. */
        RELEASE
    }

    private final String function;
    private final String action;
    private final Map<String, ObjectNode> answers = new LinkedHashMap<>();
    private final Set<String> errors = new TreeSet<>();
    private final Set<String> refusals = new TreeSet<>();
    private String resultClass = "";
    private Duty duty = Duty.NONE;
    private boolean changing;
    private boolean alone = true;
    private Effect effect = (world, call, running, outcomes) -> outcomes.anyAnswer(world);

    ActionModel(String function, String action) {
        this.function = function;
        this.action = action;
    }

    /** The class of its answers. */
    ActionModel results(String className) {
        resultClass = className;
        return this;
    }

    /**
     * An answer that it may give.
     *
     * @param json with ' for "; one for each value that a machine may tell apart
     */
    ActionModel answers(String name, String json) {
        try {
            answers.put(name, (ObjectNode) Json.mapper().readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The answer '" + name + "' of " + name() + " is not JSON", e);
        }
        return this;
    }

    /** Errors of the contract that may come at any moment. */
    ActionModel fails(String... classes) {
        errors.addAll(Set.of(classes));
        return this;
    }

    /** Errors of the contract that come only where the effect says so. */
    ActionModel refuses(String... classes) {
        refusals.addAll(Set.of(classes));
        return this;
    }

    ActionModel does(Duty what) {
        duty = what;
        return this;
    }

    /** It only looks. */
    ActionModel looks(Effect what) {
        effect = what;
        alone = false;
        return this;
    }

    /** It changes something, and so may do that late or twice. */
    ActionModel changes(Effect what) {
        effect = what;
        alone = false;
        changing = true;
        return this;
    }

    /** What may come of a call. */
    Outcomes run(World world, Call call, Predicate<String> running) {
        Outcomes outcomes = new Outcomes(this);
        try {
            effect.run(world, call, running, outcomes);
        } catch (Refusal refusal) {
            if (!refusals.contains(refusal.error())) {
                throw new IllegalStateException(name() + " does not declare that it refuses by " + refusal.error());
            }
            outcomes.refusals.add(refusal.error());
        }
        return outcomes;
    }

    ObjectNode answer(String name) {
        ObjectNode json = answers.get(name);
        if (json == null) {
            throw new IllegalStateException(name() + " declares no answer '" + name + "'");
        }
        return json;
    }

    String name() {
        return function + " " + action;
    }

    String function() {
        return function;
    }

    String action() {
        return action;
    }

    Map<String, ObjectNode> answers() {
        return answers;
    }

    Set<String> errors() {
        return errors;
    }

    Set<String> refusals() {
        return refusals;
    }

    String resultClass() {
        return resultClass;
    }

    Duty duty() {
        return duty;
    }

    boolean changing() {
        return changing;
    }

    /** Whether it neither looks at nor changes what executions share: any of its answers may come at any moment. */
    boolean isAlone() {
        return alone;
    }

    @Override
    public String toString() {
        return name();
    }
}
