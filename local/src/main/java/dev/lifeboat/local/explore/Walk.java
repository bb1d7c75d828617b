package dev.lifeboat.local.explore;

import java.util.List;

/**
 * What is explored at once.
 *
 * @param machines one, or two on one target
 * @param inTurn whether the second of two is the first one's, started again for the same incident when that one is gone
 */
public record Walk(List<String> machines, boolean inTurn) {
    public Walk {
        machines = List.copyOf(machines);
    }

    /** @param machines one, or two that meet */
    public static Walk of(List<String> machines) {
        return new Walk(machines, false);
    }

    /** What becomes of an execution that ended, or was stopped at any Task, when it is started again for the same incident. */
    public static Walk again(String machine) {
        return new Walk(List.of(machine, machine), true);
    }

    /** For people. */
    public String title() {
        return inTurn ? machines.get(0) + ", started again" : String.join(" + ", machines);
    }
}
