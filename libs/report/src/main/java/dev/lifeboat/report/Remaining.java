package dev.lifeboat.report;

import dev.lifeboat.contract.Require;

/**
 * Something that is left for a person.
 *
 * @param what to do, one sentence
 * @param command that does it, ready to paste; null when there is none
 */
public record Remaining(String what, String command) {
    public Remaining {
        Require.text("remaining.what", what);
    }
}
