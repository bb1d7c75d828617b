package dev.lifeboat.pgrestore;

/**
 * Told how a restore goes on, by every connection's thread: implementations are thread-safe and quick. The numbers are increments,
 * never below 0. What fails is not taken back: whoever tries again in the same process begins with a new observer.
 */
public interface RestoreObserver {
    /** Observes nothing. */
    RestoreObserver NONE = new RestoreObserver() {
        @Override
        public void found(long bytes, long rows, int objects) {
            // nobody wants to know
        }

        @Override
        public void bytesRead(long bytes) {
            // nobody wants to know
        }

        @Override
        public void rowsLoaded(long rows) {
            // nobody wants to know
        }

        @Override
        public void objectsReplayed(int objects) {
            // nobody wants to know
        }
    };

    /**
     * An earlier call has done this already, and it is not done again.
     *
     * @param bytes of the archive's data, compressed
     * @param rows that they are; 0 when nobody counted them
     * @param objects replayed
     */
    void found(long bytes, long rows, int objects);

    /**
     * Data were read, and are on their way to the server. Told every few hundred kilobytes or less.
     *
     * @param bytes compressed, as {@link RestorePlan#compressedBytes()} counts them: when a table is split, each of its workers
     *     reads all of it, and tells of its share
     */
    void bytesRead(long bytes);

    /** A table, a part of one, or an entry of large objects is committed, with so many rows or objects in it. */
    void rowsLoaded(long rows);

    /** So many statements of the archive other than rows are committed: definitions, indexes, privileges, statistics. */
    void objectsReplayed(int objects);
}
