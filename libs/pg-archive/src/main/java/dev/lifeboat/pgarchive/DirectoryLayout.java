package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.util.function.LongConsumer;

/** The directory format (pg_backup_directory.c): a file for each table and for each large object. */
final class DirectoryLayout implements ArchiveLayout {
    private final ByteDirectory directory;
    private final DirectoryFiles files;
    private final TableOfContents toc;

    DirectoryLayout(ByteDirectory directory, DirectoryFiles files, TableOfContents toc) {
        this.directory = directory;
        this.files = files;
        this.toc = toc;
    }

    @Override
    public String name() {
        return directory.name();
    }

    @Override
    public Opened openRows(TocEntry entry, LongConsumer read) throws IOException {
        return files.openContent(file(entry), toc.header().compression(), entry.label(), read);
    }

    @Override
    public LargeObjectSequence openLargeObjects(TocEntry entry, LongConsumer read) throws IOException {
        return new DirectoryLargeObjects(files, toc, entry, read);
    }

    @Override
    public long size(TocEntry entry) throws IOException {
        if (entry.isTableData()) {
            return files.length(file(entry) + DirectoryFiles.suffix(toc.header().compression()), entry.label());
        }
        long size = files.length(file(entry), entry.label());
        try (DirectoryLargeObjects objects = new DirectoryLargeObjects(files, toc, entry, bytes -> {})) {
            while (objects.next() != 0) {
                size += files.length(objects.file(), entry.label());
            }
        }
        return size;
    }

    private String file(TocEntry entry) {
        return DirectoryFiles.dataFile(entry, toc.version());
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
