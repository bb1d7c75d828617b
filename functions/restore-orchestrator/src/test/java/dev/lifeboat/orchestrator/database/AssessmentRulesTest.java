package dev.lifeboat.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.assessment.Rule;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class AssessmentRulesTest {
    private static final Look[] LOOKS = Look.values();
    private static final Pattern ANSWER = Pattern.compile("([A-Z_]+)=([n?])");

    /** What an application needs: each has to be answered with yes before a database is called healthy. */
    private static final Set<Look> NEEDED = EnumSet.of(
            Look.SERVER_ANSWERS,
            Look.ADMINISTRATOR_ADMITTED,
            Look.OUT_OF_RECOVERY,
            Look.WRITABLE,
            Look.DATABASE_EXISTS,
            Look.ACCEPTS_CONNECTIONS,
            Look.HAS_TABLES,
            Look.HOLDS_ROWS,
            Look.READABLE);

    /** What may speak against it beside: unknown is no objection, no is. */
    private static final Set<Look> OBJECTIONS = EnumSet.of(
            Look.POD_RUNS,
            Look.POD_READY,
            Look.VOLUME_BOUND,
            Look.VOLUME_EXISTS,
            Look.PORT_OPEN,
            Look.HAS_ROOM,
            Look.CHECKSUMS_HOLD);

    /** Each of them alone is PostgreSQL's own word that data are lost. */
    private static final Set<Look> LOSSES =
            EnumSet.of(Look.DATABASE_EXISTS, Look.READABLE, Look.ACCEPTS_CONNECTIONS, Look.HAS_TABLES, Look.HOLDS_ROWS);

    /** A no to one of them disagrees with PostgreSQL's word, or says that a restore can't work. */
    private static final Set<Look> AGAINST_A_RESTORE = EnumSet.of(
            Look.POD_RUNS,
            Look.VOLUME_BOUND,
            Look.VOLUME_EXISTS,
            Look.PORT_OPEN,
            Look.HAS_ROOM,
            Look.WRITABLE,
            Look.OUT_OF_RECOVERY);

    private static final long HEALTHY = bits(NEEDED, Answer.YES);
    private static final long OBJECTED = bits(OBJECTIONS, Answer.NO);
    private static final long SPEAKS_AGAINST_A_RESTORE = bits(AGAINST_A_RESTORE, Answer.NO);
    private static final long ANSWERS_THE_ADMINISTRATOR = Evidence.bit(Look.SERVER_ANSWERS, Answer.YES)
            | Evidence.bit(Look.ADMINISTRATOR_ADMITTED, Answer.YES)
            | Evidence.bit(Look.OUT_OF_RECOVERY, Answer.YES);

    private static long bits(Set<Look> looks, Answer answer) {
        return looks.stream().mapToLong(look -> Evidence.bit(look, answer)).sum();
    }

    /** 3 answers to 17 looks; those that cannot make a difference any more are counted together. */
    @Test
    void everyCombinationOfAnswersLeadsToADecisionThatItsEvidenceBears() {
        Map<Rule<Look, Decision>, Long> used = new HashMap<>();
        long[] counts = new long[AssessmentRules.ROWS.size()];

        walk(0, 0, counts);

        long sum = 0;
        for (int row = 0; row < counts.length; row++) {
            used.put(AssessmentRules.ROWS.get(row), counts[row]);
            sum += counts[row];
        }
        assertThat(sum).isEqualTo((long) Math.pow(3, LOOKS.length));
        assertThat(used)
                .as("every row decides something")
                .allSatisfy((row, count) -> assertThat(count).as(row.toString()).isPositive());
    }

    private static void walk(int look, long bits, long[] counts) {
        if (look == LOOKS.length) {
            check(new Evidence(bits), counts);
            return;
        }
        int decided = decided(look, bits);
        if (decided >= 0) {
            counts[decided] += (long) Math.pow(3, LOOKS.length - look);
            return;
        }
        for (Answer answer : ANSWERS) {
            walk(look + 1, bits | Evidence.bit(LOOKS[look], answer), counts);
        }
    }

    /**
     * The row that decides whatever the rest answers, when nothing is left to be asked of it: it neither replaces anything nor restarts, the look that decides is
     * known and not yes, and what is known is not healthy. -1 when the rest matters.
     *
     * @param asked how many looks have answered
     */
    @SuppressWarnings("EnumOrdinal") // The walk asks in the order in which the enum names the looks.
    private static int decided(int asked, long bits) {
        long any = 0;
        for (int look = asked; look < LOOKS.length; look++) {
            for (Answer answer : ANSWERS) {
                any |= Evidence.bit(LOOKS[look], answer);
            }
        }
        for (int row = 0; row < AssessmentRules.ROWS.size(); row++) {
            Rule<Look, Decision> rule = AssessmentRules.ROWS.get(row);
            if ((bits & ~rule.allowed()) != 0) {
                continue; // what has answered already rules it out
            }
            boolean surely = (any & ~rule.allowed()) == 0;
            boolean known = rule.decidedBy().ordinal() < asked && !has(bits, rule.decidedBy(), Answer.YES);
            return surely && known && REPAIRS_NOTHING.contains(rule.decision()) && !mayBeHealthy(bits, any) ? row : -1;
        }
        throw new AssertionError("No rule is left");
    }

    private static boolean mayBeHealthy(long bits, long any) {
        return ((bits | any) & HEALTHY) == HEALTHY && (bits & OBJECTED) == 0;
    }

    private static final Set<Decision> REPAIRS_NOTHING =
            EnumSet.complementOf(EnumSet.of(Decision.NOT_NEEDED, Decision.RESTART_POD, Decision.RESTORE));

    private static final Answer[] ANSWERS = Answer.values();

    private static void check(Evidence evidence, long[] counts) {
        int index = Rule.first(AssessmentRules.ROWS, evidence);
        Rule<Look, Decision> rule = AssessmentRules.ROWS.get(index);
        counts[index]++;
        long bits = evidence.bits();
        boolean healthy = (bits & HEALTHY) == HEALTHY && (bits & OBJECTED) == 0;
        boolean silentPod = has(bits, Look.POD_RUNS, Answer.YES)
                && has(bits, Look.SERVER_ANSWERS, Answer.NO)
                && !has(bits, Look.ADMINISTRATOR_ADMITTED, Answer.NO)
                && !has(bits, Look.VOLUME_BOUND, Answer.NO)
                && !has(bits, Look.VOLUME_EXISTS, Answer.NO);
        boolean networkContradictsKubernetes =
                has(bits, Look.POD_READY, Answer.YES) && has(bits, Look.PORT_OPEN, Answer.NO);
        switch (rule.decision()) {
            case NOT_NEEDED -> require(healthy, evidence, rule);
            case RESTART_POD -> require(silentPod && !networkContradictsKubernetes, evidence, rule);
            case RESTORE -> require(isLost(bits, rule), evidence, rule);
            case LOOK_AGAIN, RECONNECT, REPLACE_VOLUME, CORRECT_LOGIN, MAKE_ROOM, EXAMINE -> {}
        }
        // The cheapest rung that is of use comes first, and none is left out that is.
        require(healthy == (rule.decision() == Decision.NOT_NEEDED), evidence, rule);
        require(rule.decision() == Decision.NOT_NEEDED || !has(bits, rule.decidedBy(), Answer.YES), evidence, rule);
    }

    /** The server works and says so, nothing disagrees, and a restart could bring nothing. */
    private static boolean isLost(long bits, Rule<Look, Decision> rule) {
        return (bits & ANSWERS_THE_ADMINISTRATOR) == ANSWERS_THE_ADMINISTRATOR
                && (bits & SPEAKS_AGAINST_A_RESTORE) == 0
                && LOSSES.contains(rule.decidedBy())
                && has(bits, rule.decidedBy(), Answer.NO)
                && (rule.decidedBy() != Look.ACCEPTS_CONNECTIONS || has(bits, Look.LARGER_THAN_EMPTY, Answer.NO));
    }

    private static boolean has(long bits, Look look, Answer answer) {
        return (bits & Evidence.bit(look, answer)) != 0;
    }

    private static void require(boolean holds, Evidence evidence, Rule<Look, Decision> rule) {
        if (!holds) {
            Map<Look, Answer> answers = new EnumMap<>(Look.class);
            for (Look look : LOOKS) {
                Arrays.stream(ANSWERS)
                        .filter(each -> evidence.has(look, each))
                        .forEach(each -> answers.put(look, each));
            }
            throw new AssertionError(answers + " must not lead to " + rule);
        }
    }

    /** Answers other than yes; all that is not named is yes. */
    @ParameterizedTest
    @CsvSource({
        // A false alarm, and looks that failed beside it.
        "'', NOT_NEEDED",
        "POD_RUNS=? POD_READY=? VOLUME_BOUND=?, NOT_NEEDED",
        "CHECKSUMS_HOLD=?, NOT_NEEDED",
        "LARGER_THAN_EMPTY=n, NOT_NEEDED",
        // A server that hangs; one that died in its pod; one whose pod is being made.
        "SERVER_ANSWERS=n POD_READY=n REST=?, RESTART_POD",
        "SERVER_ANSWERS=n REST=?, RESTART_POD",
        "SERVER_ANSWERS=n PORT_OPEN=n POD_READY=n REST=?, RESTART_POD",
        "SERVER_ANSWERS=? PORT_OPEN=? POD_READY=n POD_RUNS=n REST=?, LOOK_AGAIN",
        // Kubernetes and the network contradict each other.
        "SERVER_ANSWERS=n PORT_OPEN=n REST=?, RECONNECT",
        "PORT_OPEN=n, LOOK_AGAIN",
        "PORT_OPEN=n DATABASE_EXISTS=n REST=?, LOOK_AGAIN",
        "POD_READY=n, LOOK_AGAIN",
        "POD_RUNS=n DATABASE_EXISTS=n REST=?, LOOK_AGAIN",
        "VOLUME_BOUND=n, EXAMINE",
        "VOLUME_BOUND=n DATABASE_EXISTS=n REST=?, EXAMINE",
        "VOLUME_BOUND=n SERVER_ANSWERS=n REST=?, LOOK_AGAIN",
        "VOLUME_EXISTS=n, EXAMINE",
        "VOLUME_EXISTS=n DATABASE_EXISTS=n REST=?, EXAMINE",
        "VOLUME_EXISTS=n SERVER_ANSWERS=n REST=?, LOOK_AGAIN",
        "VOLUME_EXISTS=?, NOT_NEEDED",
        // EBS has lost it, and Kubernetes does not know: no restart, whether the pod claims to run or not.
        "VOLUME_EXISTS=n POD_READY=n SERVER_ANSWERS=n PORT_OPEN=n REST=?, REPLACE_VOLUME",
        "VOLUME_EXISTS=n POD_READY=n SERVER_ANSWERS=n REST=?, REPLACE_VOLUME",
        "VOLUME_EXISTS=n POD_RUNS=n POD_READY=n SERVER_ANSWERS=? PORT_OPEN=? REST=?, REPLACE_VOLUME",
        "CHECKSUMS_HOLD=n, EXAMINE",
        "WRITABLE=n, EXAMINE",
        "ACCEPTS_CONNECTIONS=n, EXAMINE",
        // A missing volume, a wrong password, a full disk, a server that recovers.
        "VOLUME_BOUND=n POD_RUNS=n POD_READY=n SERVER_ANSWERS=? PORT_OPEN=? REST=?, REPLACE_VOLUME",
        "ADMINISTRATOR_ADMITTED=n REST=?, CORRECT_LOGIN",
        "HAS_ROOM=n WRITABLE=n, MAKE_ROOM",
        "HAS_ROOM=n WRITABLE=n DATABASE_EXISTS=n REST=?, MAKE_ROOM",
        "OUT_OF_RECOVERY=n WRITABLE=n, LOOK_AGAIN",
        "OUT_OF_RECOVERY=n WRITABLE=n HAS_TABLES=n, LOOK_AGAIN",
        "ADMINISTRATOR_ADMITTED=? REST=?, LOOK_AGAIN",
        // A loss.
        "DATABASE_EXISTS=n REST=?, RESTORE",
        "HAS_TABLES=n, RESTORE",
        "HOLDS_ROWS=n CHECKSUMS_HOLD=?, RESTORE",
        "READABLE=n CHECKSUMS_HOLD=n, RESTORE",
        "ACCEPTS_CONNECTIONS=n LARGER_THAN_EMPTY=n REST=?, RESTORE",
        "ACCEPTS_CONNECTIONS=n LARGER_THAN_EMPTY=? REST=?, LOOK_AGAIN",
        "HOLDS_ROWS=?, LOOK_AGAIN"
    })
    void decidesByTheTable(String others, Decision expected) {
        assertThat(AssessmentRules.rule(evidence(others)).decision()).isEqualTo(expected);
    }

    /** {@code REST=?}: what is asked behind the last named look is not known. */
    private static Evidence evidence(String others) {
        Map<Look, Answer> answers = new EnumMap<>(Look.class);
        boolean restUnknown = others.contains("REST=?");
        Look last = LOOKS[0];
        for (MatchResult each : ANSWER.matcher(others).results().toList()) {
            if (!each.group(1).equals("REST")) {
                Look look = Look.valueOf(each.group(1));
                answers.put(look, each.group(2).equals("n") ? Answer.NO : Answer.UNKNOWN);
                last = look.compareTo(last) > 0 ? look : last;
            }
        }
        for (Look look : LOOKS) {
            answers.putIfAbsent(look, restUnknown && look.compareTo(last) > 0 ? Answer.UNKNOWN : Answer.YES);
        }
        return new Evidence(answers.entrySet().stream()
                .mapToLong(each -> Evidence.bit(each.getKey(), each.getValue()))
                .sum());
    }

    @ParameterizedTest
    @EnumSource(Decision.class)
    void everyRungButTheTakenOneIsRejectedWithAReason(Decision decision) {
        List<RejectedRung> rejected = RejectedRungs.of(decision, "What was seen.");

        assertThat(rejected)
                .extracting(RejectedRung::rung)
                .containsExactlyElementsOf(EnumSet.complementOf(EnumSet.of(decision.rung())));
        assertThat(rejected)
                .extracting(RejectedRung::reason)
                .allSatisfy(reason -> assertThat(reason).endsWith(".").isNotEqualTo("It is taken."));
    }
}
