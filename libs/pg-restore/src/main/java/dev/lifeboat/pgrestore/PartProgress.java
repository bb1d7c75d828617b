package dev.lifeboat.pgrestore;

import java.util.function.LongConsumer;

/** Tells an observer of a part's bytes while they are read. Of a table that is split each worker reads all, and tells of its share. */
final class PartProgress implements LongConsumer {
    private final RestoreObserver observer;
    private final int parts;
    private final long share;
    private long read;
    private long told;

    /** @param entryBytes of the whole entry, as the plan counts them */
    PartProgress(RestoreObserver observer, EntryPart part, long entryBytes) {
        this.observer = observer;
        this.parts = part.parts();
        this.share = entryBytes / parts;
    }

    @Override
    public void accept(long bytes) {
        read += bytes;
        tell(Math.min(share, read / parts));
    }

    /** All of it is loaded and committed. */
    void loaded(long rows) {
        tell(share);
        observer.rowsLoaded(rows);
    }

    /** An earlier call has loaded it. */
    void found(long rows) {
        observer.found(share, rows, 0);
    }

    private void tell(long upTo) {
        if (upTo > told) {
            observer.bytesRead(upTo - told);
            told = upTo;
        }
    }
}
