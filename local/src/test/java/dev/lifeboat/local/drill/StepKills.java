package dev.lifeboat.local.drill;

import dev.lifeboat.local.lambda.Fault;
import dev.lifeboat.local.lambda.Invocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Chooses, for every try of every step of one recovery, whether its process is killed. Thread-safe. */
final class StepKills implements Function<Invocation, Fault> {
    /** What the function that starts a recovery is called here. */
    static final String ALARM_HANDLER = "AlarmHandler";

    /** Says what happens to a try. */
    @FunctionalInterface
    interface Choice {
        /** @param number 1 for the first try of a step with the same payload */
        Fault fault(String step, int number);
    }

    private final List<FunctionStep> steps;
    private final Choice choice;
    private final Map<String, String> payloads = new HashMap<>();
    private final Map<String, Integer> tries = new HashMap<>();
    private final Map<String, Instant> begun = new HashMap<>();
    private final Map<String, List<Long>> victims = new TreeMap<>();

    StepKills(List<FunctionStep> steps, Choice choice) {
        this.steps = steps;
        this.choice = choice;
    }

    @Override
    public synchronized Fault apply(Invocation invocation) {
        String step = invocation.function().equals(ALARM_HANDLER)
                ? ALARM_HANDLER
                : FunctionStep.find(steps, invocation).map(FunctionStep::state).orElse("");
        if (step.isEmpty()) {
            return Fault.NONE;
        }
        begun.put(step, Instant.now());
        if (!invocation.payload().equals(payloads.computeIfAbsent(step, any -> invocation.payload()))) {
            return Fault.NONE; // such as another shard: one of them is enough
        }
        Fault fault = choice.fault(step, tries.merge(step, 1, Integer::sum));
        if (fault.kind() != Fault.Kind.NONE) {
            victims.computeIfAbsent(step, any -> new ArrayList<>()).add(invocation.pid());
        }
        return fault;
    }

    /** The processes that were to be killed, by step. A process whose answer was faster lives on. */
    synchronized Map<String, List<Long>> victims() {
        return new TreeMap<>(victims);
    }

    /** When each step's last try got its event. */
    synchronized Map<String, Instant> begun() {
        return Map.copyOf(begun);
    }
}
