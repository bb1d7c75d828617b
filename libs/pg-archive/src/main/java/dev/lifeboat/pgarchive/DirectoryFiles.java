package dev.lifeboat.pgarchive;

import dev.lifeboat.pgarchive.ArchiveException.Kind;
import dev.lifeboat.pgarchive.ArchiveException.Place;
import dev.lifeboat.pgarchive.ArchiveLayout.Opened;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongConsumer;

/** The files of an archive in directory format, by the names that pg_backup_directory.c gives them. Thread-safe. */
final class DirectoryFiles {
    /** The header and the table of contents, never compressed. */
    static final String TOC = "toc.dat";

    private final ByteDirectory directory;
    private final Map<String, Long> lengths;

    /** Lists the directory. */
    DirectoryFiles(ByteDirectory directory) throws IOException {
        this.directory = directory;
        this.lengths = Map.copyOf(directory.list());
    }

    /** The file of an entry that has data, without the suffix of a compression: its rows, or the list of its large objects. */
    static String dataFile(TocEntry entry, FormatVersion version) {
        if (entry.isTableData()) {
            return entry.dumpId() + ".dat";
        }
        return version.hasSeveralLargeObjectEntries() ? "blobs_" + entry.dumpId() + ".toc" : "blobs.toc";
    }

    static String largeObjectFile(long oid) {
        return "blob_" + oid + ".dat";
    }

    static String suffix(Compression compression) {
        return switch (compression) {
            case NONE -> "";
            case GZIP -> ".gz";
            case LZ4 -> ".lz4";
            case ZSTD -> ".zst";
        };
    }

    Map<String, Long> lengths() {
        return lengths;
    }

    /**
     * A file's length in bytes.
     *
     * @param part of the archive, for messages
     * @throws ArchiveException when there is no such file
     */
    long length(String file, String part) {
        Long length = lengths.get(file);
        if (length == null) {
            throw fault(
                    Kind.TRUNCATED,
                    file,
                    part,
                    "there is no such file.",
                    "The dump or its upload was interrupted, or the file was deleted: use another backup and make a new one.");
        }
        return length;
    }

    /**
     * A file as it is.
     *
     * @param read is told of each further bytes that were read of it
     */
    ArchiveInput open(String file, String part, LongConsumer read) throws IOException {
        long length = length(file, part);
        ByteSource source = directory.open(file);
        try {
            ArchiveInput in =
                    new ArchiveInput(source.name(), new CountedInputStream(new Whole(source, length), read), 0, length);
            in.enter(part);
            return in;
        } catch (IOException | RuntimeException e) {
            Closing.after(e, source);
            throw e;
        }
    }

    /** A file's content. */
    Opened openContent(String file, Compression compression, String part, LongConsumer read) throws IOException {
        String stored = file + suffix(compression);
        ArchiveInput in = open(stored, part, read);
        // pg_dump begins a frame of these two with the first byte that there is.
        boolean frames = compression == Compression.LZ4 || compression == Compression.ZSTD;
        boolean empty = frames && length(stored, part) == 0;
        return new Opened(in, BlockContent.ofFile(empty ? Compression.NONE : compression, in));
    }

    ArchiveException fault(Kind kind, String file, String part, String what, String hint) {
        return new ArchiveException(kind, new Place(directory.name() + "/" + file, 0, part), what, hint, false);
    }

    /** All of a source, which is closed with it. */
    private static final class Whole extends FilterInputStream {
        private final ByteSource source;

        Whole(ByteSource source, long length) throws IOException {
            super(source.open(0, length));
            this.source = source;
        }

        @Override
        public void close() throws IOException {
            try (source) {
                super.close();
            }
        }
    }
}
