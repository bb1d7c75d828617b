package dev.lifeboat.pgarchive;

import java.io.Closeable;
import java.io.IOException;

/** Large objects, one after the other. */
interface LargeObjectSequence extends Closeable {
    /**
     * Goes to the next one, which the content of the one before must have been read for.
     *
     * @return its OID, or 0 behind the last one
     */
    long next() throws IOException;

    /** Of the current one. It is closed with the sequence, not by the caller. */
    BlockContent content() throws IOException;
}
