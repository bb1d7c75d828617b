package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.TocEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Where the rows of tables and of their parts come from. */
@FunctionalInterface
interface PartRows {
    /**
     * The part's rows. The caller closes it.
     *
     * @param read told of the archive's bytes as they are read
     */
    InputStream open(TocEntry entry, EntryPart part, LongConsumer read) throws IOException;

    /** Straight from the archive, for whoever loads a part alone. */
    static PartRows of(PgArchive archive) {
        return (entry, part, read) -> {
            InputStream all = archive.openData(entry, read);
            return part.whole() ? all : new PartInputStream(all, part.part(), part.parts());
        };
    }
}
