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
    private final ArchiveInput in;
    private final BlockContent content;
    private final byte[] skipped = new byte[1 << 13];
    private long oid;
    private boolean begun;
    private boolean ended;

    /** Takes over both, behind the block's head. */
    LargeObjects(ArchiveInput in, BlockContent content) {
        this.in = in;
        this.content = content;
    }

    /**
     * Goes to the next large object; what was not read of the one before is read and checked first.
     *
     * @return whether there is one
     * @throws ArchiveException when the block is broken
     * @throws IOException when the source fails
     */
    public boolean next() throws IOException {
        if (begun && !ended) {
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
        if (!ended) {
            begun = true;
            oid = readOid(in);
            ended = oid == 0;
            content.restart();
        }
        return !ended;
    }

    /** An OID, or 0 behind the last large object. */
    static long readOid(ArchiveInput in) throws IOException {
        // WriteInt takes an int: OIDs from 2^31 on are stored as negative numbers.
        return Integer.toUnsignedLong(in.readInt("large object's OID"));
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
        return new BulkInputStream() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return content.read(target, offset, length);
            }
        };
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
