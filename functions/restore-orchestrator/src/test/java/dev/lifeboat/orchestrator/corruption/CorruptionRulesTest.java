package dev.lifeboat.orchestrator.corruption;

import static dev.lifeboat.orchestrator.corruption.CorruptionLook.CHECKSUMS_HOLD;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.COUNTS_KEPT;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.DATABASE_THERE;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.FORMER_OUT_OF_USE;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.HELD_FOR_THE_PROBE;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.INDEXES_WHOLE;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.INVARIANTS_HOLD;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.NOT_BEGUN;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.OUT_OF_RECOVERY;
import static dev.lifeboat.orchestrator.corruption.CorruptionLook.WRITABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.assessment.Rule;
import dev.lifeboat.orchestrator.assessment.RulePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every combination of the eight looks' answers: 6,561. */
final class CorruptionRulesTest {
    private static final CorruptionLook[] LOOKS = CorruptionLook.values();
    private static final Answer[] ANSWERS = Answer.values();
    private static final int COMBINATIONS = (int) Math.pow(ANSWERS.length, LOOKS.length);

    private interface Check {
        void of(Evidence evidence, CorruptionDecision decision);
    }

    private static void walk(Check check) {
        for (int number = 0; number < COMBINATIONS; number++) {
            Evidence evidence = evidence(number);
            check.of(evidence, CorruptionRules.rule(evidence).decision());
        }
    }

    private static Evidence evidence(int number) {
        long bits = 0;
        int rest = number;
        for (CorruptionLook look : LOOKS) {
            bits |= Evidence.bit(look, ANSWERS[rest % ANSWERS.length]);
            rest /= ANSWERS.length;
        }
        return new Evidence(bits);
    }

    @Test
    void everyCombinationIsDecidedAndEveryRowDecidesOne() {
        Set<Integer> rows = new TreeSet<>();
        Set<CorruptionDecision> decisions = EnumSet.noneOf(CorruptionDecision.class);
        walk((evidence, decision) -> {
            rows.add(Rule.first(CorruptionRules.ROWS, evidence));
            decisions.add(decision);
        });

        assertThat(rows).hasSize(CorruptionRules.ROWS.size());
        assertThat(decisions).containsExactlyInAnyOrder(CorruptionDecision.values());
    }

    @Test
    void theDataGoBackOnlyWhenTwoHaveSeenThemViolatedAndNothingElseExplainsIt() {
        walk((evidence, decision) -> {
            if (decision == CorruptionDecision.SEARCH && !evidence.has(NOT_BEGUN, Answer.NO)) {
                assertThat(evidence.has(INVARIANTS_HOLD, Answer.NO) || evidence.has(COUNTS_KEPT, Answer.NO))
                        .isTrue();
                assertThat(evidence.has(HELD_FOR_THE_PROBE, Answer.NO)).isTrue();
                for (CorruptionLook look : List.of(DATABASE_THERE, OUT_OF_RECOVERY, WRITABLE)) {
                    assertThat(evidence.has(look, Answer.YES)).as(look.name()).isTrue();
                }
                assertThat(evidence.has(CHECKSUMS_HOLD, Answer.NO)).isFalse();
                assertThat(evidence.has(INDEXES_WHOLE, Answer.NO)).isFalse();
            }
        });
    }

    @Test
    void whatThisIncidentHasBegunGoesOnAsSoonAsTheDatabaseIsThere() {
        walk((evidence, decision) -> {
            if (evidence.has(NOT_BEGUN, Answer.NO) && isUp(evidence)) {
                assertThat(decision).isEqualTo(CorruptionDecision.SEARCH);
            }
        });
    }

    private static boolean isUp(Evidence evidence) {
        return evidence.has(DATABASE_THERE, Answer.YES) && evidence.has(OUT_OF_RECOVERY, Answer.YES);
    }

    @Test
    void aFalseAlarmIsOneOnlyWhenEveryInvariantAnsweredAndTheProbeSawNoViolation() {
        walk((evidence, decision) -> {
            if (decision == CorruptionDecision.NOT_NEEDED) {
                assertThat(evidence.has(INVARIANTS_HOLD, Answer.YES) && evidence.has(COUNTS_KEPT, Answer.YES))
                        .isTrue();
                assertThat(evidence.has(HELD_FOR_THE_PROBE, Answer.NO)).isFalse();
                assertThat(evidence.has(FORMER_OUT_OF_USE, Answer.NO)).isFalse();
            }
        });
    }

    @Test
    void aDatabaseThatIsLostIsNoAffairOfItsRowsAndNeitherIsAnotherOnesTakeOverWhenTheyAreWell() {
        walk((evidence, decision) -> assertThat(decision == CorruptionDecision.RECOVER_DATABASE)
                .isEqualTo(evidence.has(DATABASE_THERE, Answer.NO)
                        || (isUp(evidence)
                                && !evidence.has(NOT_BEGUN, Answer.NO)
                                && evidence.has(FORMER_OUT_OF_USE, Answer.NO)
                                && evidence.has(INVARIANTS_HOLD, Answer.YES)
                                && evidence.has(COUNTS_KEPT, Answer.YES)
                                && Stream.of(CHECKSUMS_HOLD, INDEXES_WHOLE, HELD_FOR_THE_PROBE)
                                        .noneMatch(look -> evidence.has(look, Answer.NO)))));
    }

    @Test
    void thePageShowsTheRulesTheDecisionsAndTheLooks() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("lifeboat.root"), "docs/assessment.md"));
        List<String> decisions = new ArrayList<>(List.of("| decision | what follows |", "| --- | --- |"));
        for (CorruptionDecision decision : CorruptionDecision.values()) {
            decisions.add("| `" + RulePage.word(decision) + "` | " + decision.consequence() + " |");
        }
        String part = page.substring(page.indexOf("## The data"), page.indexOf("## The application"));

        assertThat(part).contains(RulePage.rules(CorruptionRules.ROWS), String.join("\n", decisions) + "\n");
        assertThat(part)
                .contains(Arrays.stream(LOOKS)
                        .map(look -> "\n| `" + RulePage.word(look) + "` | ")
                        .toList());
    }
}
