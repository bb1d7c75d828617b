package dev.lifeboat.pgarchive;

import java.io.IOException;

/**
 * The table of contents once more, behind the data. That is how archives end that pg_dump of PostgreSQL 16 and later wrote to its
 * standard output while that was a file ({@code pg_dump -Fc app > app.dump}): when the data are written, _CloseArchive of
 * pg_backup_custom.c goes back to write the offsets into the table of contents, but the file is open for appending by then.
 * pg_restore never comes to look at it. Where the data lie it would say, but the blocks say so themselves.
 */
final class TocCopy {
    /** An integer's first byte, its sign: what a copy begins with, and no data block. */
    static final int FIRST_BYTE = 0;

    private TocCopy() {}

    /**
     * Reads the copy behind its first byte, to the archive's end.
     *
     * @throws ArchiveException when it is not a copy of the table of contents, or when something follows it
     */
    static void read(ArchiveInput in, TableOfContents toc) throws IOException {
        in.enter("second table of contents, behind the data");
        requireCount(in, toc.entries().size());
        TocEntryReader reader = new TocEntryReader(in, new ArchiveText(in), ArchiveFormat.CUSTOM, toc.version());
        for (TocEntry original : toc.entries().values()) {
            if (!reader.read().isCopyOf(original)) {
                throw in.corrupt("it differs from the first one at " + original.label() + ".");
            }
        }
        if (in.readOrEnd() >= 0) {
            throw in.corrupt("something follows it.");
        }
    }

    private static void requireCount(ArchiveInput in, int expected) throws IOException {
        int count = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            count |= in.readByte("entry count") << shift;
        }
        if (count != expected) {
            throw in.corrupt("it has " + count + " entries, expected " + expected + " as in the first one.");
        }
    }
}
