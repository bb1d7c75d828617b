package dev.lifeboat.local.explore;

/**
 * One execution within what is explored.
 *
 * @param position where it stands
 * @param done what it has done, of {@link Duties}
 * @param ending how it ended; null while it runs
 */
record Run(Position position, int done, String ending) {
    boolean isRunning() {
        return ending == null;
    }
}
