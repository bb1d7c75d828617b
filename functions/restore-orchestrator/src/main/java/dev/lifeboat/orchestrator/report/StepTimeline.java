package dev.lifeboat.orchestrator.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.report.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/**
 * Makes steps out of an execution's history. Follows "HistoryEvent" of the Step Functions API reference: each event names
 * the one before it in its own thread of control, which is what tells the iterations of a Map apart.
 *
 * <p>A step is a Task or a Map on the outermost level or in a branch of a Parallel state there; the states inside of a Map are counted in
 * its step. A state that is
 * visited again with nothing but waiting in between, as a poll is, stays one step.
 */
final class StepTimeline {
    private final Map<Long, Strand> threads = new HashMap<>();
    private final List<StepRecord> steps = new ArrayList<>();
    private final Strand outermost = new Strand(null);
    private final Set<Long> forks = new HashSet<>();
    private Instant startedAt;

    /** A thread of control: the execution itself, a branch of a Parallel state, or one iteration of a Map, which alone has a parent. */
    private static final class Strand {
        private final Strand parent;
        private StepRecord current;

        private Strand(Strand parent) {
            this.parent = parent;
        }
    }

    private StepTimeline() {}

    /**
     * @param startedAt when the execution began, null when the history does not say
     * @param steps in the order in which they began
     */
    record Timeline(Instant startedAt, List<Step> steps) {
        /** The same, with the steps of an execution that this one has started, each named after the step that started it. */
        Timeline with(String step, List<Step> nested) {
            List<Step> all = new ArrayList<>(steps);
            nested.forEach(each -> all.add(new Step(
                    step + " / " + each.name(),
                    each.component(),
                    each.startedAt(),
                    each.millis(),
                    each.outcome(),
                    each.attempts(),
                    each.detail())));
            all.sort(Comparator.comparing(Step::startedAt));
            return new Timeline(startedAt, List.copyOf(all));
        }
    }

    static Timeline of(List<HistoryEvent> history) {
        StepTimeline timeline = new StepTimeline();
        history.forEach(timeline::add);
        return new Timeline(
                timeline.startedAt,
                timeline.steps.stream()
                        .filter(StepRecord::isReported)
                        .map(StepRecord::step)
                        .toList());
    }

    private void add(HistoryEvent event) {
        Strand thread = threadOf(event);
        threads.put(event.id(), thread);
        if (event.type() == HistoryEventType.PARALLEL_STATE_STARTED) {
            forks.add(event.id());
        }
        if (event.type() == HistoryEventType.EXECUTION_STARTED) {
            startedAt = event.timestamp();
            return;
        }
        switch (event.type()) {
            case TASK_STATE_ENTERED, MAP_STATE_ENTERED -> entered(thread, event);
            case TASK_STATE_EXITED, MAP_STATE_EXITED -> exited(thread, event);
            case MAP_ITERATION_STARTED -> iteration(thread.parent);
            default -> within(thread, event);
        }
    }

    private Strand threadOf(HistoryEvent event) {
        long previous = event.previousEventId() == null ? 0 : event.previousEventId();
        Strand before = threads.getOrDefault(previous, outermost);
        boolean beginsBranch =
                forks.contains(previous) && event.type().toString().endsWith("StateEntered");
        if (beginsBranch && before.parent == null) {
            return new Strand(null);
        }
        return switch (event.type()) {
            case MAP_ITERATION_STARTED -> new Strand(before);
            case MAP_ITERATION_SUCCEEDED, MAP_ITERATION_FAILED, MAP_ITERATION_ABORTED ->
                before.parent == null ? before : before.parent;
            default -> before;
        };
    }

    private void entered(Strand thread, HistoryEvent event) {
        if (thread.parent != null) {
            // Counted in the Map's own step.
            return;
        }
        String name = event.stateEnteredEventDetails().name();
        StepRecord last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        if (last != null && last.isVisitedAgainBy(name)) {
            last.visitAgain();
            thread.current = last;
            return;
        }
        thread.current = new StepRecord(name, event.timestamp());
        steps.add(thread.current);
    }

    private void exited(Strand thread, HistoryEvent event) {
        if (thread.parent == null && thread.current != null) {
            thread.current.exit(event.timestamp());
            thread.current = null;
        }
    }

    private static void iteration(Strand parent) {
        if (parent != null && parent.current != null) {
            parent.current.iteration();
        }
    }

    private static void within(Strand thread, HistoryEvent event) {
        StepRecord step = stepAround(thread);
        if (step == null) {
            return;
        }
        boolean own = thread.current == step;
        switch (event.type()) {
            case TASK_SCHEDULED ->
                step.attempt(action(event.taskScheduledEventDetails().parameters()), own);
            case TASK_SUCCEEDED, MAP_STATE_SUCCEEDED -> step.succeed(own);
            case TASK_FAILED -> step.fail(event.taskFailedEventDetails().error(), own);
            case TASK_START_FAILED, TASK_SUBMIT_FAILED, MAP_STATE_FAILED -> step.fail(null, own);
            case TASK_TIMED_OUT -> step.fail("States.Timeout", own);
            default -> {
                // Says nothing that a step has not said.
            }
        }
    }

    private static StepRecord stepAround(Strand thread) {
        for (Strand around = thread; around != null; around = around.parent) {
            if (around.current != null) {
                return around.current;
            }
        }
        return null;
    }

    /** The {@code action} of a Lambda task's payload; null for any other task. */
    private static String action(String parameters) {
        try {
            JsonNode action = parameters == null
                    ? null
                    : Json.mapper().readTree(parameters).path("Payload").get("action");
            return action == null ? null : action.textValue();
        } catch (JsonProcessingException e) {
            // Step Functions cuts off what is too long.
            return null;
        }
    }
}
