package dev.lifeboat.pgarchive;

/** How the data blocks are compressed (pg_compress_algorithm of PostgreSQL's compression.h). */
public enum Compression {
    /** Not at all. */
    NONE,
    /** A zlib stream (RFC 1950, despite pg_dump's name for it) for each table and large object. */
    GZIP,
    /** An LZ4 frame for each table, since PostgreSQL 16. */
    LZ4,
    /** Zstandard (RFC 8878), since PostgreSQL 16. */
    ZSTD
}
