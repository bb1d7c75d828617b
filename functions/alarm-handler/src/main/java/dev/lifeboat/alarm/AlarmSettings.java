package dev.lifeboat.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which alarm calls for which recovery of what.
 *
 * @param target what is recovered
 * @param scenarios by alarm name
 * @param machines state machine ARNs by scenario
 */
record AlarmSettings(Target target, Map<String, String> scenarios, Map<String, String> machines) {
    AlarmSettings {
        scenarios = Map.copyOf(scenarios);
        machines = Map.copyOf(machines);
    }

    /**
     * Reads the JSON of the target's parameter and of the environment.
     *
     * @throws MisconfiguredException naming all that is wrong at once
     */
    static AlarmSettings parse(String target, String scenarios, String machines) {
        List<String> problems = new ArrayList<>();
        Target parsedTarget = null;
        try {
            parsedTarget = Json.read("parameter TARGET_PARAMETER", target, Target.class);
        } catch (InvalidInputException e) {
            problems.add(e.getMessage());
        }
        Map<String, String> byAlarm = map("SCENARIOS", scenarios, problems);
        Map<String, String> byScenario = map("MACHINES", machines, problems);
        byAlarm.forEach((alarm, scenario) -> {
            if (!byScenario.containsKey(scenario)) {
                problems.add(
                        "SCENARIOS maps alarm '" + alarm + "' to '" + scenario + "', which MACHINES does not have.");
            }
        });
        if (!problems.isEmpty()) {
            throw new MisconfiguredException(
                    "The alarm handler's settings are wrong: " + String.join(" ", problems),
                    "Correct template.yaml or its parameters, and deploy it.");
        }
        return new AlarmSettings(parsedTarget, byAlarm, byScenario);
    }

    /** The scenario that an alarm calls for. */
    Optional<String> scenario(String alarm) {
        return Optional.ofNullable(scenarios.get(alarm));
    }

    private static Map<String, String> map(String name, String json, List<String> problems) {
        try {
            return Json.mapper().readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            problems.add(name + " is not a JSON object of strings: " + e.getOriginalMessage() + ".");
            return Map.of();
        }
    }
}
