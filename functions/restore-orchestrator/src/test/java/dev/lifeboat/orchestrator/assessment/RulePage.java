package dev.lifeboat.orchestrator.assessment;

import dev.lifeboat.contract.Json;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of {@code docs/assessment.md}, as rules make them. */
public final class RulePage {
    private RulePage() {}

    /** A table with a line for each rule. */
    public static <L extends Enum<L>, D extends Enum<D>> String rules(List<Rule<L, D>> rows) {
        List<String> lines =
                new ArrayList<>(List.of("| # | answers | decision | since |", "| --- | --- | --- | --- |"));
        int number = 1;
        for (Rule<L, D> rule : rows) {
            lines.add("| " + number++ + " | " + answers(rule) + " | `" + word(rule.decision()) + "` | " + rule.why()
                    + " |");
        }
        return String.join("\n", lines) + "\n";
    }

    /** As JSON has it. */
    public static String word(Enum<?> value) {
        return Json.mapper().convertValue(value, String.class);
    }

    private static <L extends Enum<L>> String answers(Rule<L, ?> rule) {
        String answers = Arrays.stream(rule.decidedBy().getDeclaringClass().getEnumConstants())
                .filter(look -> rule.allowed(look).size() < Answer.values().length)
                .map(look -> "`" + word(look) + "` "
                        + rule.allowed(look).stream()
                                .map(answer -> answer == Answer.UNKNOWN ? "?" : word(answer))
                                .collect(Collectors.joining(" or ")))
                .collect(Collectors.joining(", "));
        return answers.isEmpty() ? "all else" : answers;
    }
}
