package dev.lifeboat.orchestrator.database;

import dev.lifeboat.orchestrator.database.Assessment.Condition;
import dev.lifeboat.orchestrator.database.LookResult.Answer;
import java.util.Map;

/**
 * What the looks come to. A pure function; the first row that matches decides, {@code ?} is unknown:
 *
 * <pre>
 * administrator-admitted no                                    undecided   (wrong secret? nobody can tell what is there)
 * server-answers no or ?                                       unreachable
 * administrator-admitted ?                                     unreachable (starting up, too many connections)
 * database-exists no                                           lost
 * database-exists ?                                            unreachable
 * readable no                                                  lost        (PostgreSQL says that data is damaged)
 * accepts-connections no and larger-than-empty no              lost        (fenced by a recovery that died)
 * accepts-connections no and larger-than-empty yes             undecided   (somebody closed a database with data)
 * accepts-connections no and larger-than-empty ?               unreachable
 * accepts-connections ?                                        unreachable
 * has-tables no                                                lost
 * has-tables ?                                                 unreachable
 * holds-rows no                                                lost        (an application made its tables anew)
 * holds-rows ?                                                 unreachable
 * readable ?                                                   unreachable
 * otherwise                                                    healthy
 * </pre>
 *
 * Whether the pod runs decides nothing: Kubernetes may be wrong, or not answer, while PostgreSQL does. It only tells
 * whether deleting the pod is worth a try.
 */
final class AssessmentRules {
    private AssessmentRules() {}

    /** @param answers one for every look */
    static Condition decide(Map<Look, Answer> answers) {
        if (answers.get(Look.ADMINISTRATOR_ADMITTED) == Answer.NO) {
            return Condition.UNDECIDED;
        }
        if (answers.get(Look.SERVER_ANSWERS) != Answer.YES
                || answers.get(Look.ADMINISTRATOR_ADMITTED) != Answer.YES
                || answers.get(Look.DATABASE_EXISTS) == Answer.UNKNOWN) {
            return Condition.UNREACHABLE;
        }
        if (answers.get(Look.DATABASE_EXISTS) == Answer.NO || answers.get(Look.READABLE) == Answer.NO) {
            return Condition.LOST;
        }
        return ofAnExistingDatabase(answers);
    }

    private static Condition ofAnExistingDatabase(Map<Look, Answer> answers) {
        Condition accepts = switch (answers.get(Look.ACCEPTS_CONNECTIONS)) {
            case NO -> ofAClosedDatabase(answers.get(Look.LARGER_THAN_EMPTY));
            case UNKNOWN -> Condition.UNREACHABLE;
            case YES -> Condition.HEALTHY;
        };
        if (accepts != Condition.HEALTHY) {
            return accepts;
        }
        for (Look look : new Look[] {Look.HAS_TABLES, Look.HOLDS_ROWS}) {
            if (answers.get(look) != Answer.YES) {
                return answers.get(look) == Answer.NO ? Condition.LOST : Condition.UNREACHABLE;
            }
        }
        return answers.get(Look.READABLE) == Answer.YES ? Condition.HEALTHY : Condition.UNREACHABLE;
    }

    private static Condition ofAClosedDatabase(Answer largerThanEmpty) {
        return switch (largerThanEmpty) {
            case NO -> Condition.LOST;
            case YES -> Condition.UNDECIDED;
            case UNKNOWN -> Condition.UNREACHABLE;
        };
    }

    /** Whether deleting the pod is worth a try: it claims to run, and nothing answers in it. */
    static boolean restartPod(Map<Look, Answer> answers) {
        return decide(answers) == Condition.UNREACHABLE
                && answers.get(Look.POD_RUNS) == Answer.YES
                && answers.get(Look.SERVER_ANSWERS) == Answer.NO;
    }

    /** The look that the condition hangs on: its reason is the assessment's. */
    static Look decidedBy(Map<Look, Answer> answers) {
        Condition condition = decide(answers);
        if (condition == Condition.HEALTHY) {
            return Look.HOLDS_ROWS;
        }
        if (condition == Condition.LOST
                && answers.get(Look.DATABASE_EXISTS) == Answer.YES
                && answers.get(Look.READABLE) == Answer.NO) {
            return Look.READABLE;
        }
        for (Look look : Look.values()) {
            boolean decides = look != Look.POD_RUNS && look != Look.LARGER_THAN_EMPTY;
            if (decides && answers.get(look) != Answer.YES) {
                return look;
            }
        }
        return Look.READABLE;
    }
}
