package dev.lifeboat.local.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.lambda.Invocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Task of a state machine that runs a function, as the machine's own definition has it: whoever adds a Task there adds a
 * step here.
 *
 * @param state the Task's name
 * @param function the function's logical id in template.yaml
 * @param action in the payload
 */
record FunctionStep(String state, String function, String action) {
    static List<FunctionStep> of(Path definition) {
        try {
            List<FunctionStep> steps = new ArrayList<>();
            collect(Json.mapper().readTree(Files.readString(definition)), steps);
            return List.copyOf(steps);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + definition, e);
        }
    }

    private static void collect(JsonNode machine, List<FunctionStep> steps) {
        machine.path("States").properties().forEach(entry -> {
            JsonNode state = entry.getValue();
            if (state.path("Resource").asText().equals("arn:aws:states:::lambda:invoke")) {
                JsonNode arguments = state.path("Arguments");
                String function = arguments.path("FunctionName").asText().replaceAll("^\\$\\{(\\w+)Function}$", "$1");
                String action = arguments.path("Payload").path("action").asText();
                steps.add(new FunctionStep(entry.getKey(), function, action));
            }
            collect(state.path("ItemProcessor"), steps);
            state.path("Branches").forEach(branch -> collect(branch, steps));
        });
    }

    /** The step that an invocation is a try of. */
    static Optional<FunctionStep> find(List<FunctionStep> steps, Invocation invocation) {
        String action = action(invocation.payload());
        return steps.stream()
                .filter(step -> step.function().equals(invocation.function())
                        && step.action().equals(action))
                .findFirst();
    }

    private static String action(String payload) {
        try {
            return Json.mapper().readTree(payload).path("action").asText();
        } catch (IOException e) {
            throw new UncheckedIOException("The payload is no JSON: " + payload, e);
        }
    }
}
