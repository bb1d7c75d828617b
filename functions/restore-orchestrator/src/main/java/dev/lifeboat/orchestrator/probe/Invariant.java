package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * What always holds in a database whose data are whole, as a query that says so.
 *
 * @param name for people, unique
 * @param sql one statement, which returns one row of one column: true or false, or a number
 * @param atLeast the least number that holds; null when there is none
 * @param atMost the greatest number that holds; null when there is none
 * @param mustNotFall whether the number holds only when it is no less than when all invariants held last; null is false
 * @param timeoutSeconds 1 to 10, enforced by the server
 */
public record Invariant(
        String name, String sql, Double atLeast, Double atMost, Boolean mustNotFall, Integer timeoutSeconds) {
    private static final int LONGEST = 10;

    public Invariant {
        Require.text("name", name);
        Require.text("sql", sql);
        Require.range("timeoutSeconds", Require.present("timeoutSeconds", timeoutSeconds), 1, LONGEST);
        if (sql.contains(";")) {
            throw new InvalidInputException(
                    "Field 'sql' of invariant '" + name + "' has a semicolon, expected one statement without.",
                    "Correct the parameter Invariants of template.yaml.");
        }
    }

    /** Whether it is about a number that must not fall. */
    public boolean mayNotFall() {
        return Boolean.TRUE.equals(mustNotFall);
    }

    /** Whether a number alone says something. */
    boolean hasBounds() {
        return atLeast != null || atMost != null || mayNotFall();
    }

    /**
     * Whether a number is within the bounds.
     *
     * @param before what it was when all invariants held last; null when that is not known
     */
    boolean allows(double number, Double before) {
        return (atLeast == null || number >= atLeast)
                && (atMost == null || number <= atMost)
                && (!mayNotFall() || before == null || number >= before);
    }

    /** For a message: {@code at least 1.0, at most 5.0, no less than the 4.0 of before}. */
    String bounds(Double before) {
        List<String> bounds = new ArrayList<>();
        if (atLeast != null) {
            bounds.add("at least " + atLeast);
        }
        if (atMost != null) {
            bounds.add("at most " + atMost);
        }
        if (mayNotFall()) {
            bounds.add(
                    before == null
                            ? "no less than before, which is not known"
                            : "no less than the " + before + " of before");
        }
        return String.join(", ", bounds);
    }
}
