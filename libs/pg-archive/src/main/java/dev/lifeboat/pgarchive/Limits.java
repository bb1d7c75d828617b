package dev.lifeboat.pgarchive;

/**
 * Bounds on what an archive may claim, each named for the wrong answer that it prevents. Nothing is ever allocated by a
 * claimed length alone: memory grows with the bytes that really arrive.
 */
final class Limits {
    /**
     * Of one string in the table of contents. A damaged length would otherwise read data blocks, gigabytes of them, into
     * memory as somebody's function body. The longest real ones are view definitions and lists of large objects.
     */
    static final int MAX_STRING_BYTES = 32 << 20;

    /**
     * Of the whole table of contents, which is held in memory. A damaged entry count would otherwise end in an
     * OutOfMemoryError instead of a verdict. A database of 100,000 tables takes about a third of it.
     */
    static final long MAX_TOC_BYTES = 512L << 20;

    /** Of entries, for the same reason; PostgreSQL's own dump ids would take days to get there. */
    static final int MAX_ENTRIES = 10_000_000;

    /**
     * Of dependencies of one entry, whose number the archive does not say: a missing end mark would otherwise collect the
     * following entries' text as dependencies.
     */
    static final int MAX_DEPENDENCIES = 1_000_000;

    /**
     * Of one chunk of a data block. Uncompressed archives have a chunk for each row, and PostgreSQL builds no COPY line of
     * 1 GiB or more; a damaged length would otherwise swallow the blocks that follow without being noticed.
     */
    static final int MAX_CHUNK_BYTES = 1 << 30;

    /** Of problems that a verification lists: a damaged table of contents of 100,000 entries is one finding, not a report of 20 MB. */
    static final int MAX_PROBLEMS = 100;

    /** Of characters of a name in a message: damaged bytes must not flood the log. */
    static final int MAX_LABEL_CHARACTERS = 200;

    private Limits() {}
}
