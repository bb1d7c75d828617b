package dev.lifeboat.orchestrator.assessment;

import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One row of a table: which answers lead to which decision.
 *
 * @param <L> the questions
 * @param <D> the decisions
 * @param decision what follows
 * @param decidedBy the look whose reason is the decision's
 * @param why what the row stands for, one sentence
 * @param allowed the bits of {@link Evidence} that it allows
 */
public record Rule<L extends Enum<L>, D extends Enum<D>>(D decision, L decidedBy, String why, long allowed) {
    /** A row that allows everything, to be narrowed. */
    public static <L extends Enum<L>, D extends Enum<D>> Rule<L, D> row(D decision, L decidedBy, String why) {
        int looks = decidedBy.getDeclaringClass().getEnumConstants().length;
        return new Rule<>(decision, decidedBy, why, (1L << (looks * Evidence.ANSWERS)) - 1);
    }

    /** The place of the first row that matches. */
    public static <L extends Enum<L>, D extends Enum<D>> int first(List<Rule<L, D>> rows, Evidence evidence) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).matches(evidence)) {
                return i;
            }
        }
        throw new IllegalStateException("No rule for " + evidence);
    }

    /** The same row for those to which all of the looks say yes. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only reads them
    public final Rule<L, D> yes(L... looks) {
        return only(EnumSet.of(Answer.YES), looks);
    }

    /** And so on, for no. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only reads them
    public final Rule<L, D> no(L... looks) {
        return only(EnumSet.of(Answer.NO), looks);
    }

    /** For those that all of the looks know nothing of. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only reads them
    public final Rule<L, D> unknown(L... looks) {
        return only(EnumSet.of(Answer.UNKNOWN), looks);
    }

    /** For no and unknown. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only reads them
    public final Rule<L, D> notYes(L... looks) {
        return only(EnumSet.of(Answer.NO, Answer.UNKNOWN), looks);
    }

    /** For yes and unknown. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only reads them
    public final Rule<L, D> notNo(L... looks) {
        return only(EnumSet.of(Answer.YES, Answer.UNKNOWN), looks);
    }

    private Rule<L, D> only(Set<Answer> answers, L[] looks) {
        long narrowed = allowed;
        for (L look : looks) {
            for (Answer answer : Answer.values()) {
                if (!answers.contains(answer)) {
                    narrowed &= ~Evidence.bit(look, answer);
                }
            }
        }
        return new Rule<>(decision, decidedBy, why, narrowed);
    }

    /** Whether all answers are allowed. */
    public boolean matches(Evidence evidence) {
        return (evidence.bits() & ~allowed) == 0;
    }

    /** The answers to a look with which it may match. */
    public Set<Answer> allowed(L look) {
        Set<Answer> answers = EnumSet.noneOf(Answer.class);
        for (Answer answer : Answer.values()) {
            if ((allowed & Evidence.bit(look, answer)) != 0) {
                answers.add(answer);
            }
        }
        return answers;
    }
}
