package dev.lifeboat.pgarchive;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.LongConsumer;

/** Where an archive's data lie: what is different from format to format, once the table of contents is read. Thread-safe. */
interface ArchiveLayout extends Closeable {
    /** What the archive is called in messages. */
    String name();

    /**
     * The rows of a TABLE DATA entry of this archive. The caller closes the content.
     *
     * @param read is told of each further bytes that were read of the archive
     * @throws ArchiveException when they are not where they ought to be
     */
    Opened openRows(TocEntry entry, LongConsumer read) throws IOException;

    /**
     * The large objects of a BLOBS entry of this archive. The caller closes them.
     *
     * @param read is told of each further bytes that were read of the archive
     * @throws ArchiveException when they are not where they ought to be
     */
    LargeObjectSequence openLargeObjects(TocEntry entry, LongConsumer read) throws IOException;

    /** How many bytes the data of an entry of this archive take. */
    long size(TocEntry entry) throws IOException;

    /**
     * Data that are being read.
     *
     * @param in the archive below, which closes with the content
     * @param content of it, decompressed
     */
    record Opened(ArchiveInput in, BlockContent content) {}
}
