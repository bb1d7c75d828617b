package dev.lifeboat.local.drill;

/** One thing to play, from an empty machine to its report. */
interface Drill {
    /** @throws DrillFailure when it cannot go on; whatever was started is stopped */
    void play();
}
