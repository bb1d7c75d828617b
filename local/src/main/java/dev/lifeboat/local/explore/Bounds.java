package dev.lifeboat.local.explore;

import java.util.ArrayList;
import java.util.List;

/** How far an exploration goes; what is beyond, nobody has walked. */
final class Bounds {
    private Bounds() {}

    /** @param alone machines that are in no pair */
    static List<String> sentences(List<String> alone) {
        List<String> sentences = new ArrayList<>(List.of(
                "Bounds, of all: a loop is walked at its beginning and at each limit that a condition names; a Map has two items, walked one after the other.",
                "Of a machine by itself: on a path, every call may fail, one comes late or twice, and another recovery takes the target over once.",
                "Of two: on a path, one call fails, and one of an execution that was stopped goes on; of two alike, the one that moves first is execution 1.",
                "Of one that is started again: the first ends, or is stopped, anywhere; then as of two."));
        if (!alone.isEmpty()) {
            sentences.add("In no pair, for none of their actions looks at or changes what executions share: "
                    + String.join(", ", alone) + ".");
        }
        return sentences;
    }
}
