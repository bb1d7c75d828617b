package dev.lifeboat.pgarchive;

import java.io.Closeable;
import java.util.List;

/** What a dump says of itself, whatever its format: what a restore looks at besides the data. */
public sealed interface DumpContents extends Closeable permits PgArchive, PlainScript {
    /** The dump's head. */
    ArchiveHeader header();

    /** The name of the encoding that all text is in, data too, as PostgreSQL calls it: {@code UTF8}. */
    String encoding();

    /**
     * What is in the dump, in its order. Of an archive it is the table of contents. A script has none: these entries are those of its tables'
     * rows, of the database itself, and of what a server must have beforehand; they are not for being replayed.
     */
    List<TocEntry> entries();
}
