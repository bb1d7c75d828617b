package dev.lifeboat.orchestrator.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.Json;
import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.assessment.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApplicationRulesTest {
    private static final ApplicationLook[] LOOKS = ApplicationLook.values();

    @Test
    void everyCombinationOfAnswersLeadsToADecisionThatItsEvidenceBears() {
        List<Evidence> combinations = combinations(0);
        Set<Rule<ApplicationLook, ApplicationDecision>> used = new HashSet<>();

        for (Evidence evidence : combinations) {
            Rule<ApplicationLook, ApplicationDecision> rule = ApplicationRules.rule(evidence);
            used.add(rule);
            assertThat(isBorne(evidence, rule)).as("%s by %s", evidence, rule).isTrue();
        }

        assertThat(combinations).hasSize((int) Math.pow(3, LOOKS.length));
        assertThat(used).containsExactlyInAnyOrderElementsOf(ApplicationRules.ROWS);
    }

    private static boolean isBorne(Evidence evidence, Rule<ApplicationLook, ApplicationDecision> rule) {
        boolean database = evidence.has(ApplicationLook.DATABASE_READY, Answer.YES);
        return switch (rule.decision()) {
            case NOT_NEEDED ->
                database
                        && evidence.has(ApplicationLook.ROLLED_OUT, Answer.YES)
                        && evidence.has(ApplicationLook.SERVES, Answer.YES)
                        && !evidence.has(ApplicationLook.IMAGES_PULLED, Answer.NO)
                        && !evidence.has(ApplicationLook.CONTAINERS_START, Answer.NO)
                        && !evidence.has(ApplicationLook.HEALTHY_OUTSIDE, Answer.NO);
            // What changes something takes a database that is well, and Kubernetes' own word.
            case RESTART ->
                database
                        && evidence.has(ApplicationLook.SERVES, Answer.NO)
                        && !evidence.has(ApplicationLook.ROLLED_OUT, Answer.NO);
            case ROLL_BACK ->
                database
                        && evidence.has(ApplicationLook.ROLLED_OUT, Answer.NO)
                        && evidence.has(ApplicationLook.EARLIER_REVISION, Answer.YES);
            case RECOVER_DATABASE -> evidence.has(ApplicationLook.DATABASE_READY, Answer.NO);
            case CHECK_ROUTE ->
                evidence.has(ApplicationLook.SERVES, Answer.YES)
                        && evidence.has(ApplicationLook.HEALTHY_OUTSIDE, Answer.NO);
            case LOOK_AGAIN, EXAMINE -> Arrays.stream(LOOKS).anyMatch(look -> !evidence.has(look, Answer.YES));
        };
    }

    private static List<Evidence> combinations(int look) {
        if (look == LOOKS.length) {
            return List.of(new Evidence(0));
        }
        List<Evidence> longer = new ArrayList<>();
        for (Evidence rest : combinations(look + 1)) {
            for (Answer answer : Answer.values()) {
                longer.add(new Evidence(rest.bits() | Evidence.bit(LOOKS[look], answer)));
            }
        }
        return longer;
    }

    @ParameterizedTest
    @EnumSource(ApplicationDecision.class)
    void everyDecisionButTheTakenOneIsRejectedWithAReason(ApplicationDecision taken) {
        assertThat(AssessApplication.rejected(taken, "It serves."))
                .hasSize(ApplicationDecision.values().length - 1)
                .noneMatch(rejected -> rejected.decision() == taken)
                .allSatisfy(rejected -> assertThat(rejected.reason()).endsWith("."));
    }

    @Test
    void thePageShowsTheRulesAndTheDecisions() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("lifeboat.root"), "docs/assessment.md"));
        List<String> rules =
                new ArrayList<>(List.of("| # | answers | decision | since |", "| --- | --- | --- | --- |"));
        int number = 1;
        for (Rule<ApplicationLook, ApplicationDecision> rule : ApplicationRules.ROWS) {
            rules.add("| " + number++ + " | " + answers(rule) + " | `" + word(rule.decision()) + "` | " + rule.why()
                    + " |");
        }
        List<String> decisions = new ArrayList<>(List.of("| decision | what follows |", "| --- | --- |"));
        for (ApplicationDecision decision : ApplicationDecision.values()) {
            decisions.add("| `" + word(decision) + "` | " + decision.consequence() + " |");
        }

        assertThat(page).contains(String.join("\n", rules) + "\n", String.join("\n", decisions) + "\n");
        assertThat(page)
                .contains(Arrays.stream(LOOKS)
                        .map(look -> "\n| `" + word(look) + "` | ")
                        .toList());
    }

    private static String answers(Rule<ApplicationLook, ApplicationDecision> rule) {
        String answers = Arrays.stream(LOOKS)
                .filter(look -> rule.allowed(look).size() < Answer.values().length)
                .map(look -> "`" + word(look) + "` "
                        + rule.allowed(look).stream()
                                .map(answer -> answer == Answer.UNKNOWN ? "?" : word(answer))
                                .collect(Collectors.joining(" or ")))
                .collect(Collectors.joining(", "));
        return answers.isEmpty() ? "all else" : answers;
    }

    private static String word(Enum<?> value) {
        return Json.mapper().convertValue(value, String.class);
    }
}
