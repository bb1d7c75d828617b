package dev.lifeboat.local.explore;

/**
 * One execution within what is explored.
 *
 * @param position where it stands
 * @param done what it has done, of {@link Duties}
 * @param ending how it ended; null while it runs
 */
record Run(Position position, int done, String ending) {
    /** Of two: it ended, or was stopped. How is told where it is explored alone; here that would only multiply the states. */
    static final String GONE = "gone";
    /** Of two: it is gone, and never changed anything that the other one could see. */
    static final String UNSEEN = "gone, and never seen";

    /** What is left of one of two. */
    Run gone() {
        return new Run(null, 0, (done & Duties.ACTED) == 0 ? UNSEEN : GONE);
    }

    boolean isRunning() {
        return ending == null;
    }
}
