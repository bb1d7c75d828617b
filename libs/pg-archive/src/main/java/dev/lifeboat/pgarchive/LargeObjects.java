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
public final class LargeObjects implements Closeable {
    private final LargeObjectSequence sequence;
    private final byte[] skipped = new byte[1 << 13];
    private long oid;
    private BlockContent content;
    private boolean ended;

    /** Takes it over. */
    LargeObjects(LargeObjectSequence sequence) {
        this.sequence = sequence;
    }

    /**
     * Goes to the next large object; what was not read of the one before is read and checked first.
     *
     * @return whether there is one
     * @throws ArchiveException when the block is broken
     * @throws IOException when the source fails
     */
    public boolean next() throws IOException {
        if (content != null) {
            while (content.read(skipped, 0, skipped.length) >= 0) {
                // Reading is the check.
            }
        }
        return advance();
    }

    /** Like {@link #next()}, but goes past a content that is known to be broken. */
    boolean nextBehindFault() throws IOException {
        content.chunks().skipToEnd();
        return advance();
    }

    private boolean advance() throws IOException {
        content = null;
        if (!ended) {
            oid = sequence.next();
            ended = oid == 0;
            content = ended ? null : sequence.content();
        }
        return !ended;
    }

    /** The OID of the current one, 1 to 2^32 - 1. */
    public long oid() {
        if (oid == 0) {
            throw new IllegalStateException(
                    "no large object is current: call next() first, and stop when it says false");
        }
        return oid;
    }

    /** The bytes of the current one; valid until the next call of {@link #next()}. Closing it does nothing. */
    public InputStream content() {
        oid();
        BlockContent current = content;
        return new BulkInputStream() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return current.read(target, offset, length);
            }
        };
    }

    @Override
    public void close() throws IOException {
        sequence.close();
    }
}
