package dev.lifeboat.pgarchive;

import java.io.IOException;

/** The bytes that a content is stored in: chunks of a block in the custom format, in a directory one file. */
abstract class Chunks extends BulkInputStream {
    /** Begins anew at the archive's current position. */
    abstract void restart();

    /** Goes to the byte behind the last one. */
    abstract void skipToEnd() throws IOException;
}
