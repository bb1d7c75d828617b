package dev.lifeboat.pgarchive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The large objects of one BLOBS entry, one after the other. Not thread-safe.
 *
 * <pre>{@code
 * try (LargeObjects objects = archive.openLargeObjects(entry)) {
 *     while (objects.next()) {
 *         restore(objects.oid(), objects.content());
 *     }
 * }
 * }</pre>
 */
@SuppressWarnings("DoNotCallSuggester")
public final class LargeObjects implements Closeable {
    LargeObjects() {}

    /**
     * Goes to the next large object; what was not read of the one before is read and checked first.
     *
     * @return whether there is one
     * @throws ArchiveException when the block is broken
     */
    public boolean next() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The OID, 1 to 2^32 - 1. */
    public long oid() {
        throw new UnsupportedOperationException();
    }

    /** Its bytes; valid until the next call of {@link #next()}, closing it does nothing. */
    public InputStream content() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws IOException {}
}
