package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** The custom format (pg_backup_custom.c): a block for each entry behind the table of contents. */
final class CustomLayout implements ArchiveLayout {
    private final ByteSource source;
    private final TableOfContents toc;
    private BlockExtents extents;

    CustomLayout(ByteSource source, TableOfContents toc) {
        this.source = source;
        this.toc = toc;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Opened openRows(TocEntry entry, LongConsumer read) throws IOException {
        return openBlock(entry, read);
    }

    @Override
    public LargeObjectSequence openLargeObjects(TocEntry entry, LongConsumer read) throws IOException {
        Opened block = openBlock(entry, read);
        return new BlockLargeObjects(block.in(), block.content());
    }

    @Override
    public long size(TocEntry entry) throws IOException {
        return extents().of(entry).length();
    }

    private Opened openBlock(TocEntry entry, LongConsumer read) throws IOException {
        BlockExtents.Extent extent = extents().of(entry);
        InputStream range = new CountedInputStream(source.open(extent.start(), extent.length()), read);
        ArchiveInput in = new ArchiveInput(source.name(), range, extent.start(), extent.end());
        try {
            DataBlock.require(entry, in);
            return new Opened(in, BlockContent.of(toc.header().compression(), in));
        } catch (IOException | RuntimeException e) {
            Closing.after(e, in);
            throw e;
        }
    }

    private synchronized BlockExtents extents() throws IOException {
        if (extents == null) {
            extents = findExtents();
        }
        return extents;
    }

    private BlockExtents findExtents() throws IOException {
        long length = source.length();
        if (BlockExtents.known(toc)) {
            return BlockExtents.fromOffsets(toc, source.name(), length);
        }
        InputStream blocks = source.open(toc.dataStart(), length - toc.dataStart());
        try (ArchiveInput in = new ArchiveInput(source.name(), blocks, toc.dataStart(), length)) {
            return BlockExtents.scan(toc, in);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
