package dev.lifeboat.local.explore;

import java.util.Locale;

/** How far an exploration is. One thread counts, any may read. */
public final class ExploreProgress {
    private volatile int found;
    private volatile int walked;

    void at(int states, int open) {
        found = states;
        walked = open;
    }

    /** For people. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d states, %,d of them to be walked on from", found, found - walked);
    }
}
