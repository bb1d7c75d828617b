package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.orchestrator.database.Assessment.Condition;
import dev.lifeboat.orchestrator.database.LookResult.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AssessmentRulesTest {
    private static final List<Look> ORDER = List.of(Look.values());

    /**
     * Looks in the order of {@link Look}: pod, server, administrator, exists, larger, accepts, tables, rows, readable;
     * y, n, ? for the answer, * for any of the three. Every combination of a row has the row's condition.
     */
    @ParameterizedTest
    @CsvSource({
        "*yyy*yyyy, HEALTHY",
        "**n******, UNDECIDED",
        "*ny******, UNREACHABLE",
        "*n?******, UNREACHABLE",
        "*?y******, UNREACHABLE",
        "*??******, UNREACHABLE",
        "*y?******, UNREACHABLE",
        "*yyn*****, LOST",
        "*yy?*****, UNREACHABLE",
        "*yyy****n, LOST",
        "*yyynn**y, LOST",
        "*yyynn**?, LOST",
        "*yyyyn**y, UNDECIDED",
        "*yyyyn**?, UNDECIDED",
        "*yyy?n**y, UNREACHABLE",
        "*yyy?n**?, UNREACHABLE",
        "*yyy*?**y, UNREACHABLE",
        "*yyy*?**?, UNREACHABLE",
        "*yyy*yn*y, LOST",
        "*yyy*yn*?, LOST",
        "*yyy*y?*y, UNREACHABLE",
        "*yyy*y?*?, UNREACHABLE",
        "*yyy*yyny, LOST",
        "*yyy*yyn?, LOST",
        "*yyy*yy?y, UNREACHABLE",
        "*yyy*yy??, UNREACHABLE",
        "*yyy*yyy?, UNREACHABLE"
    })
    void decidesByTheTable(String row, Condition expected) {
        for (Map<Look, Answer> answers : matching(row)) {
            assertThat(AssessmentRules.decide(answers)).as(answers.toString()).isEqualTo(expected);
        }
    }

    @Test
    void theTableSpeaksOfEveryCombinationOnce() throws NoSuchMethodException {
        String[] rows = getClass()
                .getDeclaredMethod("decidesByTheTable", String.class, Condition.class)
                .getAnnotation(CsvSource.class)
                .value();
        List<Map<Look, Answer>> spokenOf = new ArrayList<>();
        for (String row : rows) {
            spokenOf.addAll(matching(row.substring(0, row.indexOf(','))));
        }

        assertThat(spokenOf).doesNotHaveDuplicates().hasSize((int) Math.pow(3, Look.values().length));
    }

    @Test
    void nothingButPositiveEvidenceEverStartsARestore() {
        for (Map<Look, Answer> answers : matching("*********")) {
            if (AssessmentRules.decide(answers) == Condition.LOST) {
                Look evidence = AssessmentRules.decidedBy(answers);
                assertThat(answers.get(Look.SERVER_ANSWERS)).isEqualTo(Answer.YES);
                assertThat(answers.get(evidence)).as(answers.toString()).isEqualTo(Answer.NO);
            }
        }
    }

    @Test
    void anUnreachableServersReasonIsALookThatWasNotAnsweredWithYes() {
        for (Map<Look, Answer> answers : matching("*********")) {
            if (AssessmentRules.decide(answers) == Condition.UNREACHABLE) {
                assertThat(answers.get(AssessmentRules.decidedBy(answers)))
                        .as(answers.toString())
                        .isNotEqualTo(Answer.YES);
            }
        }
    }

    @Test
    void aPodIsRestartedOnlyWhenItClaimsToRunAndNothingAnswers() {
        for (Map<Look, Answer> answers : matching("*********")) {
            boolean expected = answers.get(Look.POD_RUNS) == Answer.YES
                    && answers.get(Look.SERVER_ANSWERS) == Answer.NO
                    && answers.get(Look.ADMINISTRATOR_ADMITTED) != Answer.NO;
            assertThat(AssessmentRules.restartPod(answers))
                    .as(answers.toString())
                    .isEqualTo(expected);
        }
    }

    private static List<Map<Look, Answer>> matching(String row) {
        List<Map<Look, Answer>> found = new ArrayList<>();
        found.add(new EnumMap<>(Look.class));
        for (Look look : Look.values()) {
            List<Map<Look, Answer>> longer = new ArrayList<>();
            for (Answer answer : answers(row.charAt(ORDER.indexOf(look)))) {
                for (Map<Look, Answer> shorter : found) {
                    Map<Look, Answer> copy = new EnumMap<>(Look.class);
                    copy.putAll(shorter);
                    copy.put(look, answer);
                    longer.add(copy);
                }
            }
            found = longer;
        }
        return found;
    }

    private static List<Answer> answers(char symbol) {
        return switch (symbol) {
            case 'y' -> List.of(Answer.YES);
            case 'n' -> List.of(Answer.NO);
            case '?' -> List.of(Answer.UNKNOWN);
            default -> List.of(Answer.values());
        };
    }
}
