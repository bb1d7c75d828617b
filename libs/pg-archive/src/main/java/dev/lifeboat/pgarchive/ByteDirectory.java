package dev.lifeboat.pgarchive;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/**
 * Where the files of an archive in directory format come from: a directory, a prefix in S3 or anything else. Implementations are
 * thread-safe.
 */
public interface ByteDirectory extends Closeable {
    /** What it is called in messages, such as {@code s3://bucket/prefix} or a path; without a slash at its end. */
    String name();

    /**
     * The files that lie directly in it, none of directories below. Takes about 100 bytes of memory for each.
     *
     * @return their lengths in bytes by their names
     * @throws IOException when it can't be read
     */
    Map<String, Long> list() throws IOException;

    /**
     * A file that {@link #list()} names. The caller closes it.
     *
     * @throws IllegalArgumentException when {@code file} is no plain name
     * @throws IOException when it can't be read
     */
    ByteSource open(String file) throws IOException;
}
