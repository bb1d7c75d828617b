package dev.lifeboat.report;

import dev.lifeboat.contract.Require;

/**
 * One look at the target, before anything was touched.
 *
 * @param question what was asked, such as {@code database-exists}
 * @param answer yes, no or unknown
 * @param reason what was seen
 * @param millis how long it took
 */
public record Look(String question, String answer, String reason, long millis) {
    public Look {
        Require.text("look.question", question);
        Require.text("look.answer", answer);
    }
}
