package dev.lifeboat.local.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No path through the machines breaks a rule, and one that lacks a guard does. */
class ExploreTest {
    private static final String RECOVERY = "recover-database";
    private static final String REBUILD = "recover-cluster";
    private static final String ERROR = "dev.lifeboat.contract.error.";
    private static final List<String> SELECTED = List.of(
            "Assess lost; then ConsiderAssessment",
            "ChooseRung the dump; then ConsiderRung",
            "SelectBackup the newest; then ConsiderPurpose",
            "ReadMode automatic; then ConsiderMode",
            "Plan planned");
    private static final List<String> RESTORED = List.of(
            "Prepare prepared; then ConsiderPrepared, RestoreShards",
            "RestoreShard restored",
            "RestoreShard restored; then RestoreShards",
            "Finish finished; then ConsiderFinish");

    private static final List<String> ALLOWED = List.of("ReadModeAgain automatic; then ConsiderModeAgain");
    private static final List<String> CHECKED = List.of("Check it matches; then ConsiderPurposeAgain", ALLOWED.get(0));

    private static final Explorer EXPLORER = Explorer.of(Path.of(System.getProperty("lifeboat.root")));

    static List<String> machines() {
        return EXPLORER.machines();
    }

    @ParameterizedTest
    @MethodSource("machines")
    void noPathBreaksARule(String machine) {
        Exploration exploration = EXPLORER.explore(Walk.of(List.of(machine)), 0, rule -> false);

        assertThat(exploration.violations()).isEmpty();
        assertThat(exploration.paths()).isPositive();
    }

    static List<List<String>> pairs() {
        return EXPLORER.pairs();
    }

    /** Without calls that fail, which `./lifeboat explore` adds: what is left is who acts when, who is stopped, and whose calls go on. */
    @ParameterizedTest
    @MethodSource("pairs")
    void noPathOfTwoExecutionsBreaksARule(List<String> pair) {
        Exploration exploration = EXPLORER.explore(Walk.of(pair), 0, rule -> false);

        assertThat(exploration.violations()).isEmpty();
        assertThat(exploration.paths()).isPositive();
    }

    static List<Walk> startedAgain() {
        return EXPLORER.walks().stream().filter(Walk::inTurn).toList();
    }

    /** Wherever the first execution of an incident ends or is stopped, with a call that goes on or without. */
    @ParameterizedTest
    @MethodSource("startedAgain")
    void noPathOfAnExecutionThatIsStartedAgainBreaksARule(Walk walk) {
        Exploration exploration = EXPLORER.explore(walk, 0, rule -> false);

        assertThat(exploration.violations()).isEmpty();
        assertThat(exploration.paths()).isPositive();
    }

    @Test
    void aMachineThatDoesNotKnowWhatItsOwnIncidentHasDoneIsFound() {
        String rule =
                "It ends as not-needed although what it finds is its own incident's work, which nobody is told of.";

        assertThat(path(Mutants.forgettingItsSwap().explore(Walk.again(RECOVERY), 0, rule::equals), rule))
                .contains(
                        "execution 1: RestartApplications is called, and the execution is stopped",
                        "execution 2: Assess healthy after the swap; then ConsiderAssessment, NotNeeded");
        assertThat(path(Mutants.forgettingItsTakeOver().explore(Walk.again(RECOVERY), 0, rule::equals), rule))
                .anyMatch(step -> step.endsWith("is called, and the execution is stopped"))
                .anyMatch(step -> step.startsWith("execution 2: Assess ")
                        && step.endsWith("; then ConsiderAssessment, NotNeeded"));
        assertThat(path(Mutants.forgettingItsRebuild().explore(Walk.again(REBUILD), 0, rule::equals), rule))
                .contains("execution 1: CheckHealth is called, and the execution is stopped")
                .anyMatch(step -> step.startsWith("execution 2: Assess ")
                        && step.endsWith("; then ConsiderAssessment, NotNeeded"));
    }

    @Test
    void everyMachineThatLooksAtOrChangesATargetIsInAPairWithEveryOther() {
        assertThat(EXPLORER.pairs())
                .contains(
                        List.of("dr-drill", "dr-drill"),
                        List.of("dr-drill", RECOVERY),
                        List.of("recover-application", REBUILD),
                        List.of(REBUILD, REBUILD),
                        List.of(REBUILD, RECOVERY),
                        List.of(RECOVERY, RECOVERY))
                .allSatisfy(pair -> assertThat(pair).doesNotContainAnyElementsOf(EXPLORER.alone()));
        assertThat(EXPLORER.alone())
                .contains("integrity-check", "settle")
                .doesNotContain("recover-application", REBUILD);
    }

    @Test
    void aRebuildThatLeavesWhatASupersededRecoveryClosedIsFound() {
        String rule = "It ends and leaves the live database closed to applications.";

        assertThat(path(
                        Mutants.rebuildWithoutReopenLive()
                                .explore(Walk.of(List.of(REBUILD, RECOVERY)), 0, rule::equals),
                        rule))
                .startsWith("The live database is empty")
                .contains("execution 2: RestoreShard is called, and the execution is stopped")
                .last()
                .asString()
                .startsWith("execution 1: ");
    }

    @Test
    void twoMachinesThatTakeNoLeaseAreFoundToActAtOnce() {
        String rule = "It changes the target's databases while execution 1, which has changed them too, still runs: two"
                + " recoveries at once.";

        assertThat(path(Mutants.withoutLease().explore(Walk.of(List.of(RECOVERY, RECOVERY)), 0, rule::equals), rule))
                .startsWith("The live database is empty")
                .contains("execution 1: Prepare prepared; then ConsiderPrepared, RestoreShards")
                .last()
                .isEqualTo("execution 2: ReopenLive open");
    }

    @Test
    void aMachineThatObservesAndLeavesWhatAnotherClosedIsFound() {
        String rule = "It ends and leaves the live database closed to applications.";

        assertThat(path(
                        Mutants.observingWithoutReopenLive()
                                .explore(Walk.of(List.of(RECOVERY, RECOVERY)), 0, rule::equals),
                        rule))
                .contains("execution 1: RestoreShard is called, and the execution is stopped")
                .contains("execution 2: ReadMode observe; then ConsiderMode");
    }

    @Test
    void aCallThatOutlivesItsExecutionAndComparesNoFenceIsFound() {
        String rule =
                "It changes the target's databases under token 1 although token 2 did already: two recoveries at once.";

        assertThat(path(
                        Mutants.swapWithoutFence().explore(Walk.of(List.of(RECOVERY, RECOVERY)), 0, rule::equals),
                        rule))
                .contains("execution 1: CutOver is called, and the execution is stopped, but the call goes on")
                .last()
                .asString()
                .startsWith("CutOver of execution 1, which was given up, comes late: ");
    }

    @Test
    void aMachineThatDoesNotCheckWhatItRestoredIsFound() {
        assertThat(path(Mutants.withoutCheck(), "It puts a restore live that was not compared with its backup."))
                .isEqualTo(damaged(
                        SELECTED,
                        RESTORED.subList(0, 3),
                        List.of("Finish finished; then ConsiderFinish, ConsiderPurposeAgain"),
                        ALLOWED,
                        List.of("CutOver swapped; then ConsiderTakeOver, HasDeployments")));
    }

    @Test
    void aMachineThatDoesNotOpenWhatItClosedIsFound() {
        assertThat(path(Mutants.withoutReopenLive(), "It ends and leaves the live database closed to applications."))
                .isEqualTo(joined(
                        List.of("The live database is empty", "AcquireLease taken"),
                        SELECTED,
                        List.of(
                                "Prepare fails with " + ERROR
                                        + "DatabaseRefusedException when it had closed the empty live database; then NeedsPerson",
                                "Report written; then OwnsLease",
                                "ReleaseLease released; then ConsiderOutcome, PersonNeeded")));
    }

    @Test
    void aMachineThatStopsToObserveAndLeavesWhatItClosedIsFound() {
        assertThat(path(
                        Mutants.observingWithoutReopenLive(),
                        "It ends and leaves the live database closed to applications."))
                .startsWith("The live database is empty")
                .contains("ReadMode observe; then ConsiderMode");
    }

    @Test
    void aMachineThatLeavesTheLiveInstanceHalfRestoredIsFound() {
        String rule = "It ends and leaves the live database half restored.";

        assertThat(path(
                        Mutants.inPlaceWithoutWayBack()
                                .explore(Walk.of(List.of("recover-point-in-time")), 0, rule::equals),
                        rule))
                .contains(
                        "PlanPoint reachable, in place; then ConsiderPurpose",
                        "ReadModeAgain observe; then ConsiderModeAgain, Observed, ConsiderInherited");
    }

    @Test
    void aMachineThatTakesNoLeaseIsFound() {
        assertThat(path(Mutants.withoutLease(), "It changes the target without holding its lease."))
                .isEqualTo(joined(List.of("The live database is damaged"), SELECTED, RESTORED.subList(0, 1)));
    }

    @Test
    void aMachineThatGoesOnAfterItWasFencedOffIsFound() {
        assertThat(path(
                        Mutants.withoutCatchOfFencedOff(),
                        "It was fenced off, and does not leave the target to its new owner."))
                .isEqualTo(damaged(
                        SELECTED,
                        List.of(
                                "another recovery takes the target over",
                                "Prepare fails with FencedOffException; then OutsideFault, WaitAfterFault",
                                "Assess silent; then ConsiderAssessment, WaitForServer")));
    }

    @Test
    void aMachineThatFailsAndTellsNobodyIsFound() {
        assertThat(path(
                        Mutants.withoutTelling(),
                        "It ends in " + ERROR + "AwsUnavailableException, and nobody is told."))
                .containsExactly(
                        "The live database is healthy",
                        "AcquireLease fails with " + ERROR + "AwsUnavailableException; then NotStarted");
    }

    @Test
    void aStepThatDoesNotCompareTheFenceIsFound() {
        assertThat(
                        path(
                                Mutants.swapWithoutFence(),
                                "It changes the target's databases under token 1 although token 2 did already: two recoveries at once."))
                .isEqualTo(damaged(
                        SELECTED,
                        RESTORED,
                        CHECKED,
                        List.of(
                                "another recovery takes the target over",
                                "CutOver swapped; then ConsiderTakeOver, HasDeployments")));
    }

    @Test
    void aStepThatKeepsNoQuarantineIsFound() {
        assertThat(path(
                        Mutants.swapWithoutQuarantine(),
                        "It destroys the damaged database that was there, and no quarantine keeps it."))
                .isEqualTo(damaged(
                        SELECTED,
                        RESTORED,
                        CHECKED,
                        List.of("CutOver swapped; then ConsiderTakeOver, HasDeployments")));
    }

    @Test
    void aMachineThatDeletesTheOldClusterBeforeTheNewOneIsHealthyIsFound() {
        Exploration exploration =
                Mutants.deletedTooSoon().explore(Walk.of(List.of("recover-cluster")), 0, found -> true);

        assertThat(path(exploration, "It deletes the old generation before the new one is healthy."))
                .contains("FindGeneration beside; then Begin")
                .last()
                .isEqualTo("DeleteOld deleting; then ConsiderOld, WaitForDeletion");
    }

    @Test
    void aMachineThatLeadsDnsToTheNewClusterWhileTheOldOneTakesWritesIsFound() {
        Exploration exploration =
                Mutants.withoutFenceOld().explore(Walk.of(List.of("recover-cluster")), 0, found -> true);

        assertThat(path(exploration, "It leads DNS to the new generation while the old one may take writes."))
                .contains("CheckRoute healthy; then ConsiderRoute, ConsiderFence, HasDns")
                .last()
                .isEqualTo("EnsureDns changed");
    }

    @Test
    void aStepThatTakesTheLeaseFromOneThatRunsIsFound() {
        assertThat(
                        path(
                                Mutants.leaseFromAnyone()
                                        .explore(Walk.of(List.of(RECOVERY, RECOVERY)), 1, rule -> true),
                                "It takes the lease away from execution execution:recover-database:incident-1, which still runs."))
                .containsExactly(
                        "The live database is healthy",
                        "execution 1: AcquireLease taken",
                        "execution 2: AcquireLease taken");
    }

    @Test
    void anActionWithoutAModelIsNamed() {
        assertThatThrownBy(() -> Mutants.machine(
                        RECOVERY,
                        machine -> ((ObjectNode) Mutants.state(machine, "Check")
                                        .get("Arguments")
                                        .get("Payload"))
                                .put("action", "guess")))
                .isInstanceOf(ExploreException.class)
                .hasMessage(
                        "State Check of statemachines/recover-database.asl.json calls 'guess' of RecoverDatabase, and"
                                + " no model says what that does. HINT: Declare it in a class of dev.lifeboat.local.explore, as"
                                + " docs/explore.md says.");
    }

    @SafeVarargs
    private static List<String> damaged(List<String>... parts) {
        List<String> path = new ArrayList<>(List.of("The live database is damaged", "AcquireLease taken"));
        for (List<String> part : parts) {
            path.addAll(part);
        }
        return path;
    }

    @SafeVarargs
    private static List<String> joined(List<String>... parts) {
        List<String> path = new ArrayList<>();
        for (List<String> part : parts) {
            path.addAll(part);
        }
        return path;
    }

    private static List<String> path(Explorer explorer, String rule) {
        return path(explorer.explore(Walk.of(List.of(RECOVERY)), 0, rule::equals), rule);
    }

    private static List<String> path(Exploration exploration, String rule) {
        assertThat(exploration.violations()).extracting(Violation::rule).contains(rule);
        return exploration.violations().stream()
                .filter(violation -> violation.rule().equals(rule))
                .findFirst()
                .orElseThrow()
                .path();
    }
}
