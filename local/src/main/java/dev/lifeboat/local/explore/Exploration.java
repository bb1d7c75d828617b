package dev.lifeboat.local.explore;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * What was found in one machine, or in two at once.
 *
 * @param title which
 * @param states how many different states were visited
 * @param endings how many paths end in which way
 * @param violations of every rule that is broken, the first that was found
 * @param millis how long it took
 */
public record Exploration(
        String title, int states, Map<String, BigInteger> endings, List<Violation> violations, long millis) {
    /** How many different paths there are. */
    public BigInteger paths() {
        return endings.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }
}
