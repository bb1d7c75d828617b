package dev.lifeboat.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.orchestrator.database.Decision;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the machine goes on each decision of an assessment. */
class ConsiderAssessmentTest {
    private static final JsonNode STATE =
            StateMachines.named("recover-database").states().get("ConsiderAssessment");

    @ParameterizedTest
    @CsvSource({
        // decision, looks in a row, restarted: next
        "NOT_NEEDED, 1, false, NotNeeded",
        "RESTORE, 1, false, ChooseRung",
        "LOOK_AGAIN, 1, false, WaitForServer",
        "LOOK_AGAIN, 59, false, WaitForServer",
        "LOOK_AGAIN, 60, false, NeedsPerson",
        "RESTART_POD, 11, false, WaitForServer",
        "RESTART_POD, 12, false, ConsiderPurpose",
        "RESTART_POD, 24, true, WaitForServer",
        "RESTART_POD, 60, true, NeedsPerson",
        "RECONNECT, 11, false, WaitForServer",
        "RECONNECT, 12, false, NeedsPerson",
        "REPLACE_VOLUME, 11, false, WaitForServer",
        "REPLACE_VOLUME, 12, false, NeedsPerson",
        "CORRECT_LOGIN, 1, false, NeedsPerson",
        "MAKE_ROOM, 1, false, NeedsPerson",
        "EXAMINE, 1, false, NeedsPerson"
    })
    void goesAsTheDecisionSays(Decision decision, int inARow, boolean restarted, String next) {
        assertThat(next(decision, inARow, restarted, false)).isEqualTo(next);
    }

    @ParameterizedTest
    @EnumSource(Decision.class)
    void nothingButARestoreGoesTowardsABackupHoweverLongItIsSo(Decision decision) {
        for (int inARow = 1; inARow <= 60; inARow++) {
            assertThat(Set.of("ChooseRung", "SelectBackup").contains(next(decision, inARow, false, false)))
                    .as("%s, %d in a row", decision, inARow)
                    .isEqualTo(decision == Decision.RESTORE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RESTORE, undecided, live, ChooseRung",
        "RESTORE, undecided, drill, SelectBackup",
        "RESTORE, restore-backup, live, SelectBackup",
        "NOT_NEEDED, undecided, live, NotNeeded",
        "NOT_NEEDED, restore-backup, live, NotNeeded"
    })
    void aWayIsChosenOnceAndForWhatPeopleUseAlone(Decision decision, String way, String purpose, String next) {
        assertThat(next(decision, 1, false, false, way, purpose, "none")).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_NEEDED, false, false, ours, RecoverPointInTime",
        "NOT_NEEDED, false, false, unfinished, RecoverPointInTime",
        "NOT_NEEDED, true, false, unfinished, RecoverPointInTime",
        "NOT_NEEDED, true, false, none, Report",
        "NOT_NEEDED, false, true, ours, CutOver",
        // What this incident has put in place is lost again: a point before that would be of what was lost first.
        "RESTORE, false, false, ours, SelectBackup",
        "RESTORE, false, false, unfinished, ChooseRung",
        "EXAMINE, false, false, ours, NeedsPerson"
    })
    void whatARecoveryThatDiedHasPutInPlaceIsFinishedWhereItIsWell(
            Decision decision, boolean restarted, boolean cutOver, String takeOver, String next) {
        assertThat(next(decision, 1, restarted, cutOver, "undecided", "live", takeOver))
                .isEqualTo(next);
    }

    @Test
    void whatIsHealthySinceThisIncidentsSwapIsCutOverToTheEnd() {
        assertThat(next(Decision.NOT_NEEDED, 1, false, true)).isEqualTo("CutOver");
    }

    @ParameterizedTest
    @CsvSource({
        "RESTART_POD, silentLooks, 5",
        "LOOK_AGAIN, silentLooks, 0",
        "RECONNECT, unreachedLooks, 5",
        "REPLACE_VOLUME, unreachedLooks, 5",
        "RESTART_POD, unreachedLooks, 0",
        "RESTORE, unreachedLooks, 0"
    })
    void looksAreCountedAsLongAsTheySayTheSame(Decision decision, String counter, int counted) {
        String expression = StateMachines.named("recover-database")
                .states()
                .get("Assess")
                .get("Assign")
                .get(counter)
                .textValue();
        Map<String, Object> payload =
                Map.of("decision", word(decision), "restartPod", decision == Decision.RESTART_POD);

        Object next = evaluate(expression, Map.of(counter, 4, "states", Map.of("result", Map.of("Payload", payload))));

        assertThat(((Number) next).intValue()).isEqualTo(counted);
    }

    private static String next(Decision decision, int inARow, boolean restarted, boolean cutOver) {
        return next(decision, inARow, restarted, cutOver, "undecided", "live", "none");
    }

    private static String next(
            Decision decision,
            int inARow,
            boolean restarted,
            boolean cutOver,
            String way,
            String purpose,
            String takeOver) {
        Map<String, Object> variables = Map.of(
                "way",
                way,
                "scope",
                Map.of("target", Map.of("purpose", purpose)),
                "assessment",
                Map.of(
                        "condition",
                        word(decision.condition()),
                        "decision",
                        word(decision),
                        "reason",
                        "What was seen.",
                        "pod",
                        Map.of("name", "postgres-0", "uid", "uid-1"),
                        "cutOver",
                        cutOver,
                        "takeOver",
                        takeOver),
                "looks",
                inARow,
                "silentLooks",
                decision == Decision.RESTART_POD ? inARow : 0,
                "unreachedLooks",
                decision == Decision.RECONNECT || decision == Decision.REPLACE_VOLUME ? inARow : 0,
                "podRestarted",
                restarted);
        for (JsonNode choice : STATE.get("Choices")) {
            if (Boolean.TRUE.equals(evaluate(choice.get("Condition").textValue(), variables))) {
                return choice.get("Next").textValue();
            }
        }
        return STATE.get("Default").textValue();
    }

    private static Object evaluate(String expression, Map<String, Object> variables) {
        Jsonata jsonata = Jsonata.jsonata(expression.substring(2, expression.length() - 2));
        Jsonata.Frame frame = jsonata.createFrame();
        variables.forEach(frame::bind);
        return jsonata.evaluate(null, frame);
    }

    private static String word(Enum<?> value) {
        return Json.mapper().convertValue(value, String.class);
    }
}
