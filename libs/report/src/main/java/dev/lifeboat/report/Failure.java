package dev.lifeboat.report;

import dev.lifeboat.contract.Require;

/**
 * What went wrong.
 *
 * @param step the state's name
 * @param error the error's class or name
 * @param cause in words; null when nothing more is known
 */
public record Failure(String step, String error, String cause) {
    public Failure {
        Require.text("failure.step", step);
        Require.text("failure.error", error);
    }
}
