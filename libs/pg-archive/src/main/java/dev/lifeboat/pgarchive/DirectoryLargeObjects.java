package dev.lifeboat.pgarchive;

import dev.lifeboat.pgarchive.ArchiveLayout.Opened;
import java.io.IOException;
import java.util.function.LongConsumer;

/** Large objects of which each has a file of its own; a list of these is the entry's. */
final class DirectoryLargeObjects implements LargeObjectSequence {
    /** A longer line than pg_dump writes is none of its: {@code 4294967295 blob_4294967295.dat}. */
    private static final int LONGEST_LINE = 30;

    private final DirectoryFiles files;
    private final Compression compression;
    private final String part;
    private final LongConsumer read;
    private final ArchiveInput list;
    private long oid;
    private Opened current;

    DirectoryLargeObjects(DirectoryFiles files, TableOfContents toc, TocEntry entry, LongConsumer read)
            throws IOException {
        this.files = files;
        this.compression = toc.header().compression();
        this.part = entry.label();
        this.list = files.open(DirectoryFiles.dataFile(entry, toc.version()), part, read);
        this.read = read;
    }

    /** The file with the list. */
    ArchiveInput list() {
        return list;
    }

    @Override
    public long next() throws IOException {
        closeCurrent();
        String line = readLine();
        if (line == null) {
            // pg_dump makes no entry where there are none.
            if (oid == 0) {
                throw list.corrupt("it names no large object.");
            }
            return 0;
        }
        String number = line.substring(0, Math.max(0, line.indexOf(' ')));
        oid = number.matches("[1-9][0-9]{0,9}") ? Long.parseLong(number) : 0;
        if (oid < 1 || oid > 0xffff_ffffL || !line.equals(oid + " " + DirectoryFiles.largeObjectFile(oid))) {
            throw list.corrupt(
                    "a line of it is '" + Labels.shorten(line) + "', expected an OID and the name of its file.");
        }
        return oid;
    }

    /** Null at the end. */
    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = list.readOrEnd();
        if (next < 0) {
            return null;
        }
        while (next != '\n') {
            if (next < 0) {
                throw list.truncated("a line");
            }
            if (line.length() == LONGEST_LINE) {
                throw list.corrupt("a line of it is longer than " + LONGEST_LINE + " bytes.");
            }
            line.append((char) next);
            next = list.readOrEnd();
        }
        return line.toString();
    }

    /** The name of the current one's file. */
    String file() {
        return DirectoryFiles.largeObjectFile(oid) + DirectoryFiles.suffix(compression);
    }

    @Override
    public BlockContent content() throws IOException {
        if (current == null) {
            current = files.openContent(DirectoryFiles.largeObjectFile(oid), compression, part, read);
        }
        return current.content();
    }

    private void closeCurrent() throws IOException {
        if (current != null) {
            current.content().close();
            current = null;
        }
    }

    @Override
    public void close() throws IOException {
        try (list) {
            closeCurrent();
        }
    }
}
