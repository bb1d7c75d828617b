package dev.lifeboat.orchestrator.database;

import java.util.Arrays;
import java.util.List;

/** Says of every rung that a decision does not take why it does not. */
final class RejectedRungs {
    private static final String COMES_FIRST = "It comes first: twelve looks in a row have to say the same.";
    private static final String NO_LOSS = "Nothing that answers says that data are lost.";
    private static final String ANSWERS = "PostgreSQL answers: a restart would end sessions, and bring nothing.";

    private RejectedRungs() {}

    /**
     * @param reason of the decision
     * @return the others, cheapest first
     */
    static List<RejectedRung> of(Decision decision, String reason) {
        return Arrays.stream(Rung.values())
                .filter(rung -> rung != decision.rung())
                .map(rung -> new RejectedRung(rung, why(decision, rung, reason)))
                .toList();
    }

    private static String why(Decision decision, Rung rung, String reason) {
        return switch (rung) {
            case LEAVE_ALONE -> reason;
            case LOOK_AGAIN -> whyNotLookAgain(decision);
            case RESTART_POD -> whyNotRestart(decision);
            case RESTORE_BACKUP -> whyNotRestore(decision);
            case ASK_PERSON -> whyNotAsk(decision);
        };
    }

    private static String whyNotLookAgain(Decision decision) {
        return switch (decision) {
            case NOT_NEEDED -> "All that was asked is answered.";
            case LOOK_AGAIN -> "It is taken.";
            case RESTART_POD, RECONNECT, REPLACE_VOLUME -> COMES_FIRST;
            case CORRECT_LOGIN -> "A password does not come right by waiting.";
            case MAKE_ROOM -> "A disk that is full stays full until somebody makes room.";
            case EXAMINE -> "What contradicts itself does not come right by waiting.";
            case RESTORE -> "The server answers: waiting brings no data back.";
        };
    }

    private static String whyNotRestart(Decision decision) {
        return switch (decision) {
            case NOT_NEEDED, EXAMINE -> ANSWERS;
            case LOOK_AGAIN -> "It takes a pod that runs on its volume while PostgreSQL in it says nothing.";
            case RESTART_POD -> "It is taken.";
            case RECONNECT -> "Kubernetes says that PostgreSQL is ready in it, and it may serve the application.";
            case REPLACE_VOLUME -> "No pod starts without its volume.";
            case CORRECT_LOGIN -> "A restart changes no password.";
            case MAKE_ROOM -> "A restart makes no room, and PostgreSQL may not come up again without.";
            case RESTORE -> "PostgreSQL answers: a restart brings no data back.";
        };
    }

    private static String whyNotRestore(Decision decision) {
        return switch (decision) {
            case NOT_NEEDED -> "The data are there.";
            case LOOK_AGAIN -> "Nothing is replaced before all that was asked is answered, and agrees.";
            case RESTART_POD, RECONNECT -> NO_LOSS;
            case REPLACE_VOLUME -> "It needs a server that answers; what is on the volume may not be lost.";
            case CORRECT_LOGIN -> "Nobody was let in to look at the data.";
            case MAKE_ROOM -> "It needs room for a second database.";
            case EXAMINE -> "Nothing is replaced on evidence that contradicts itself.";
            case RESTORE -> "It is taken.";
        };
    }

    private static String whyNotAsk(Decision decision) {
        return switch (decision) {
            case NOT_NEEDED -> "Nothing is left to decide.";
            case LOOK_AGAIN, RESTART_POD -> "A person is told when 60 looks have not helped.";
            case RECONNECT, REPLACE_VOLUME, CORRECT_LOGIN, MAKE_ROOM, EXAMINE -> "It is taken.";
            case RESTORE -> "A person is told when no verified backup could be restored.";
        };
    }
}
