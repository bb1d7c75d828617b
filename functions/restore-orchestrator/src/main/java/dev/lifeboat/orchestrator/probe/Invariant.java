package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;

/**
 * What always holds in a database whose data are whole, as a query that says so.
 *
 * @param name for people, unique
 * @param sql one statement, which returns one row of one column: true or false, or a number
 * @param atLeast the least number that holds; null when there is none
 * @param atMost the greatest number that holds; null when there is none
 * @param timeoutSeconds 1 to 10, enforced by the server
 */
public record Invariant(String name, String sql, Double atLeast, Double atMost, Integer timeoutSeconds) {
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

    /** Whether a number is within the bounds. */
    boolean allows(double number) {
        return (atLeast == null || number >= atLeast) && (atMost == null || number <= atMost);
    }

    /** For a message: {@code at least 1.0, at most 5.0}. */
    String bounds() {
        String least = atLeast == null ? "" : "at least " + atLeast;
        String most = atMost == null ? "" : "at most " + atMost;
        return least + (least.isEmpty() || most.isEmpty() ? "" : ", ") + most;
    }
}
