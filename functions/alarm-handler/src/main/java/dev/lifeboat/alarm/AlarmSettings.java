package dev.lifeboat.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which alarm calls for what, and of what.
 *
 * @param target what is recovered
 * @param scenarios by alarm name; {@code aws.health:EKS} and the like for events that are no alarms
 * @param machines state machine ARNs by the scenario's text, and by the name of what else has one
 */
record AlarmSettings(Target target, Map<String, Scenario> scenarios, Map<String, String> machines) {
    AlarmSettings {
        scenarios = Map.copyOf(scenarios);
        machines = Map.copyOf(machines);
    }

    /**
     * Reads the JSON of the parameters and of the environment. That a recovery has no machine is no mistake of theirs: an
     * alarm that calls for it is told to people.
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
        Map<String, Scenario> byAlarm = scenarios(map("parameter ALARMS_PARAMETER", scenarios, problems), problems);
        Map<String, String> byScenario = map("MACHINES", machines, problems);
        if (!problems.isEmpty()) {
            throw new MisconfiguredException(
                    "The alarm handler's settings are wrong: " + String.join(" ", problems),
                    "Correct the parameter, or template.yaml and its parameters, and deploy it.");
        }
        return new AlarmSettings(parsedTarget, byAlarm, byScenario);
    }

    /** The scenario that an alarm calls for. */
    Optional<Scenario> scenario(String alarm) {
        return Optional.ofNullable(scenarios.get(alarm));
    }

    /** The state machine of a scenario; empty where there is none yet. */
    Optional<String> machine(Scenario scenario) {
        return Optional.ofNullable(machines.get(scenario.text()));
    }

    /** The state machine of something that is no scenario of its own. */
    String machine(String name) {
        String machine = machines.get(name);
        if (machine == null) {
            throw new MisconfiguredException(
                    "MACHINES has no '" + name + "', only " + machines.keySet() + ".",
                    "Correct the function's environment in template.yaml, and deploy it.");
        }
        return machine;
    }

    private static Map<String, Scenario> scenarios(Map<String, String> texts, List<String> problems) {
        Map<String, Scenario> byAlarm = new LinkedHashMap<>();
        texts.forEach((alarm, text) -> Scenario.of(text)
                .ifPresentOrElse(
                        scenario -> byAlarm.put(alarm, scenario),
                        () -> problems.add("Alarm '" + alarm + "' is mapped to '" + text + "', expected one of "
                                + Scenario.all() + ".")));
        return byAlarm;
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
