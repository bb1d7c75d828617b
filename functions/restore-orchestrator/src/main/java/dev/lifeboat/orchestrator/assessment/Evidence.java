package dev.lifeboat.orchestrator.assessment;

import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import java.util.List;

/**
 * The answers of one assessment, one to every look, as a set of (look, answer) in the bits of a number: rules are sets of those that
 * they allow, and a rule matches when nothing is outside of it.
 *
 * @param bits three for each look, of which one is set; so there are 21 looks at most
 */
public record Evidence(long bits) {
    static final int ANSWERS = Answer.values().length;

    /** @param looks one result for every look */
    public static <L extends Enum<L>> Evidence of(List<LookResult<L>> looks) {
        long bits = 0;
        for (LookResult<L> result : looks) {
            bits |= bit(result.look(), result.answer());
        }
        return new Evidence(bits);
    }

    /** One answer to one look. */
    @SuppressWarnings("EnumOrdinal") // these bits live as long as an assessment does
    public static long bit(Enum<?> look, Answer answer) {
        return 1L << (look.ordinal() * ANSWERS + answer.ordinal());
    }

    /** Whether this is the answer to a look. */
    public boolean has(Enum<?> look, Answer answer) {
        return (bits & bit(look, answer)) != 0;
    }
}
