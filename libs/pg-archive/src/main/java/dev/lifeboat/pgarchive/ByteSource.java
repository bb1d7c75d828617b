package dev.lifeboat.pgarchive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Where an archive's bytes come from: the one seam between this library and files, S3 or anything else.
 *
 * <p>Implementations are thread-safe: ranges are opened from several threads at once. The bytes must not change between
 * {@code open} calls (an S3 source pins the object's version).
 */
public interface ByteSource extends Closeable {
    /** What the source is called in messages, such as {@code s3://bucket/key} or a path. */
    String name();

    /**
     * @return the number of bytes, 0 or more
     * @throws IOException when the source can't be reached
     */
    long length() throws IOException;

    /**
     * Opens a stream of exactly the bytes {@code [offset, offset + length)}. The caller closes it, often before its end.
     *
     * @param offset 0 or more
     * @param length 0 or more; the range ends at {@link #length()} at the latest
     * @throws IOException when the source can't be reached; a stream that ends early is reported by its reader
     * @throws IndexOutOfBoundsException when the range is not within the source
     */
    InputStream open(long offset, long length) throws IOException;
}
