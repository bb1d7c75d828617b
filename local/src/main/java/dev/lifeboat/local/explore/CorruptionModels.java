package dev.lifeboat.local.explore;

import java.util.List;
import java.util.function.Predicate;

/** The actions of function {@code RecoverDatabase} that find out what is wrong with the data, and since when. */
final class CorruptionModels {
    private static final String RESULTS = "dev.lifeboat.orchestrator.corruption.";
    private static final String FENCED_OFF = "FencedOffException";
    private static final String[] OUTSIDE = {
        "InvalidInputException",
        "MisconfiguredException",
        "StorageUnavailableException",
        "AwsUnavailableException",
        "KubernetesUnavailableException",
        "DatabaseUnavailableException"
    };

    private CorruptionModels() {}

    static List<ActionModel> all() {
        return List.of(
                assess(), nextStep(), judgeStep(), compareLost(), PointInTimeModels.nested("recover-corruption"));
    }

    private static ActionModel action(String action, String result) {
        return new ActionModel("RecoverDatabase", action)
                .results(RESULTS + result)
                .fails(OUTSIDE);
    }

    private static ActionModel assess() {
        return action("assess-corruption", "CorruptionAssessment")
                .answers("holding", found("not-needed"))
                .answers("violated", found("search"))
                .answers("begun", found("search", true))
                .answers("unclear", found("look-again"))
                .answers("contradictory", found("examine"))
                .answers("lost", found("recover-database"))
                .refuses(FENCED_OFF)
                .looks(CorruptionModels::look);
    }

    private static String found(String decision) {
        return found(decision, false);
    }

    private static String found(String decision, boolean begun) {
        return "{'decision': '" + decision + "', 'reason': 'It was seen.', 'begun': " + begun
                + ", 'at': '2026-11-23T03:14:00Z', 'looks': [], 'invariants': [], 'rejected': []}";
    }

    /** What the rows say is no part of the world: those of what was found may say anything, those of what was brought back are right. */
    private static void look(World world, Call call, Predicate<String> running, Outcomes outcomes) {
        outcomes.answer("unclear", world);
        outcomes.answer("contradictory", world);
        World seen = DatabaseModels.lookedAt(world, call, outcomes);
        boolean putByOther = !world.putBy().isEmpty() && !world.putBy().equals(call.incident());
        if (!seen.live().isUsable()) {
            outcomes.answer("lost", seen);
            return;
        }
        boolean begun = world.putBy().equals(call.incident());
        if (begun && !call.flag("tookOver")) {
            outcomes.answer("begun", seen);
            return;
        }
        outcomes.answer(putByOther && world.formerRuns() ? "lost" : "holding", seen);
        if (seen.live() == Data.GOOD) {
            outcomes.answer("violated", seen);
        }
    }

    private static ActionModel nextStep() {
        String rest = "'between': 1, 'comesAndGoes': [], 'steps': 9, 'reason': 'It was found.'}}";
        return action("next-step", "StepTold")
                .answers(
                        "one more",
                        "{'done': false, 'step': {'number': 1, 'from': 'backup', 'save': false, 'backup': '20261123-020000F',"
                                + " 'point': {'type': 'lsn', 'value': '0/4000000', 'inclusive': false}}}")
                .answers(
                        "found",
                        "{'done': true, 'result': {'ending': 'found', 'exact': true, 'before': '0/4000000', " + rest)
                .answers(
                        "found, not exactly",
                        "{'done': true, 'result': {'ending': 'blurred', 'exact': false, 'before': '0/4000000', " + rest)
                .answers("nothing good", "{'done': true, 'result': {'ending': 'nothing-good', 'exact': false, " + rest)
                .fails("PointUnreachableException")
                .refuses(FENCED_OFF)
                .looks(CorruptionModels::anything);
    }

    private static ActionModel judgeStep() {
        return action("judge-step", "Attempt")
                .answers("good", judged("good", false))
                .answers("bad", judged("bad", true))
                .answers("unclear", judged("unclear", false))
                .refuses(FENCED_OFF)
                .looks(CorruptionModels::anything);
    }

    private static String judged(String answer, boolean confirms) {
        return "{'step': 1, 'confirms': " + confirms + ", 'before': '0/4000000', 'answer': '" + answer
                + "', 'violated': [], 'held': [], 'reason': 'It was seen.', 'at': '2026-11-23T03:14:00Z'}";
    }

    private static ActionModel compareLost() {
        return action("compare-lost", "LostRows")
                .answers("compared", lost(true))
                .answers("compared in part", lost(false))
                .refuses(FENCED_OFF)
                .looks(CorruptionModels::anything);
    }

    private static String lost(boolean complete) {
        return "{'version': 1, 'at': '2026-11-23T03:14:00Z', 'complete': " + complete
                + ", 'tables': [], 'same': 9, 'prefix': 'recoveries/i/lost/', 'clients': 0}";
    }

    /** What it writes is the search's own, and the bucket keeps it from an older token. */
    private static void anything(World world, Call call, Predicate<String> running, Outcomes outcomes) {
        if (!world.lease().isHeldUnder(call.token())) {
            throw new Refusal(FENCED_OFF);
        }
        outcomes.anyAnswer(world);
    }
}
