package dev.lifeboat.orchestrator.application;

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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApplicationRulesTest {
    private static final ApplicationLook[] LOOKS = ApplicationLook.values();

    private static final long FAILS = Evidence.bit(ApplicationLook.ROLLED_OUT, Answer.NO)
            | Evidence.bit(ApplicationLook.IMAGES_PULLED, Answer.NO)
            | Evidence.bit(ApplicationLook.CONTAINERS_START, Answer.NO)
            | Evidence.bit(ApplicationLook.PROBES_PASS, Answer.NO)
            | Evidence.bit(ApplicationLook.HEALTHY_OUTSIDE, Answer.NO);

    /** 3 answers to 14 looks: 4.8 million combinations, one after the other. */
    @Test
    void everyCombinationOfAnswersLeadsToADecisionThatItsEvidenceBears() {
        long[] used = new long[ApplicationRules.ROWS.size()];

        walk(0, 0, used);

        assertThat(Arrays.stream(used).sum()).isEqualTo((long) Math.pow(3, LOOKS.length));
        for (int row = 0; row < used.length; row++) {
            assertThat(used[row]).as("row %d decides something", row + 1).isPositive();
        }
    }

    private static void walk(int look, long bits, long[] used) {
        if (look < LOOKS.length) {
            for (Answer answer : Answer.values()) {
                walk(look + 1, bits | Evidence.bit(LOOKS[look], answer), used);
            }
            return;
        }
        Evidence evidence = new Evidence(bits);
        int row = Rule.first(ApplicationRules.ROWS, evidence);
        used[row]++;
        if (!isBorne(evidence, ApplicationRules.ROWS.get(row).decision())) {
            throw new AssertionError(evidence + " by row " + (row + 1));
        }
    }

    private static boolean isBorne(Evidence evidence, ApplicationDecision decision) {
        boolean database = evidence.has(ApplicationLook.DATABASE_READY, Answer.YES)
                && !evidence.has(ApplicationLook.NODES_READY, Answer.NO);
        boolean known = evidence.has(ApplicationLook.KNOWN_HEALTHY, Answer.YES);
        boolean fails = (evidence.bits() & FAILS) != 0;
        return switch (decision) {
            case NOT_NEEDED ->
                database && !fails && allYes(evidence, ApplicationLook.ROLLED_OUT, ApplicationLook.SERVES);
            // What changes something takes a database that is well, a failure that was seen, and no pause.
            case RESTART ->
                database
                        && known
                        && fails
                        && allYes(evidence, ApplicationLook.NOT_RESTARTED)
                        && !evidence.has(ApplicationLook.NOT_PAUSED, Answer.NO)
                        && !evidence.has(ApplicationLook.IMAGES_PULLED, Answer.NO);
            case ROLL_BACK ->
                database
                        && fails
                        && evidence.has(ApplicationLook.KNOWN_HEALTHY, Answer.NO)
                        && !evidence.has(ApplicationLook.NOT_PAUSED, Answer.NO)
                        && allYes(
                                evidence,
                                ApplicationLook.HEALTHY_REVISION,
                                ApplicationLook.SCHEMA_FITS,
                                ApplicationLook.ROLL_BACK_STAYS);
            case RECOVER_DATABASE ->
                evidence.has(ApplicationLook.DATABASE_READY, Answer.NO)
                        && !evidence.has(ApplicationLook.NODES_READY, Answer.NO);
            case RECOVER_CLUSTER -> evidence.has(ApplicationLook.NODES_READY, Answer.NO);
            case CHECK_ROUTE -> database && known && evidence.has(ApplicationLook.HEALTHY_OUTSIDE, Answer.NO);
            case RESUME -> database && evidence.has(ApplicationLook.NOT_PAUSED, Answer.NO);
            case REVERT_IN_GIT ->
                database
                        && fails
                        && allYes(evidence, ApplicationLook.HEALTHY_REVISION)
                        && evidence.has(ApplicationLook.ROLL_BACK_STAYS, Answer.NO);
            case KEEP_SCHEMA -> database && fails && !evidence.has(ApplicationLook.SCHEMA_FITS, Answer.YES);
            case EXAMINE -> database && fails;
            case LOOK_AGAIN -> Arrays.stream(LOOKS).anyMatch(look -> !evidence.has(look, Answer.YES));
        };
    }

    private static boolean allYes(Evidence evidence, ApplicationLook... looks) {
        return Arrays.stream(looks).allMatch(look -> evidence.has(look, Answer.YES));
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
        List<String> decisions = new ArrayList<>(List.of("| decision | what follows |", "| --- | --- |"));
        for (ApplicationDecision decision : ApplicationDecision.values()) {
            decisions.add("| `" + RulePage.word(decision) + "` | " + decision.consequence() + " |");
        }

        assertThat(page).contains(RulePage.rules(ApplicationRules.ROWS), String.join("\n", decisions) + "\n");
        assertThat(page)
                .contains(Arrays.stream(LOOKS)
                        .map(look -> "\n| `" + RulePage.word(look) + "` | ")
                        .toList());
    }
}
